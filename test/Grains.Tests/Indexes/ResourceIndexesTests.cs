using System.Text;
using System.Text.Json.Nodes;
using Grains.Abstractions.Directories;
using Grains.Indexes;

namespace Grains.Tests.Indexes;

public sealed class ResourceIndexesTests
{
    private static readonly string[] Texts =
    [
        """{"userName":"Ada"}""",
        """{"userName":"ada","externalId":"X1"}""",
        """{"externalId":"x","displayName":"d","userName":"\u00c4\u0064a\ud83d\ude00","name":{"userName":"not this"},"emails":[{"value":"userName"}]}""",
        """{"externalId":"","userName":"ß"}""",
        """{"externalId":null,"userName":"a","active":true}""",
        """{"emails":[{"value":"a@b","type":"work"},{"value":"A@B"}],"userName":"b","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"userName":"c","employeeNumber":"7"}}""",
        """{}""",
    ];

    public static TheoryData<string> Resources => [.. Texts];

    private static readonly string[][] Paths =
        [["userName", "externalId"], ["externalId"], ["userName", "emails.value"], ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "userName"]];

    [Theory]
    [MemberData(nameof(Resources))]
    public void TermsOf_Bytes_AreThoseOfTheTree(string resource)
    {
        foreach (var paths in Paths)
        {
            var of = ResourceIndexes.OfUsers(new DirectoryContext { Id = "d", Tenant = "t", Dialect = default, HashKey = [], Widths = [], UserIndexes = paths, GroupIndexes = [] });

            of.TermsOf(Encoding.UTF8.GetBytes(resource)).ShouldBe(of.TermsOf(JsonNode.Parse(resource)!.AsObject()));
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void Hold_ValuesOfAllResources_IsWhetherTheyAreAmongTheTerms(string resource)
    {
        foreach (var paths in Paths)
        {
            var of = ResourceIndexes.OfUsers(new DirectoryContext { Id = "d", Tenant = "t", Dialect = default, HashKey = [], Widths = [], UserIndexes = paths, GroupIndexes = [] });
            var terms = of.TermsOf(Encoding.UTF8.GetBytes(resource));
            var others = Texts.SelectMany(other => of.TermsOf(Encoding.UTF8.GetBytes(other))).ToList();

            foreach (var (index, value) in others.SelectMany(t => new[] { (t.Index, t.Value), (t.Index, ""), (t.Index, "none"), ("u-none", t.Value) }))
            {
                of.Hold(Encoding.UTF8.GetBytes(resource), index, value).ShouldBe(terms.Exists(t => t.Index == index && t.Value == value), $"{index} {value}");
            }
        }
    }

    [Fact]
    public void TermsOf_User_HasEachValueAsItsIndexKeepsIt()
    {
        var of = ResourceIndexes.OfUsers(new DirectoryContext { Id = "d", Tenant = "t", Dialect = default, HashKey = [], Widths = [], UserIndexes = ["userName", "externalId"], GroupIndexes = [] });

        of.TermsOf("""{"externalId":"X1","userName":"Ada"}"""u8.ToArray()).ShouldBe([
            new IndexTerm("u-username", "ada", Unique: true),
            new IndexTerm("u-externalid", "X1", Unique: false)]);
    }

    [Fact]
    public void TermsOf_AttributeOfAnExtension_GoesByTheSchemasOfTheDirectory()
    {
        const string Urn = "urn:example:params:scim:schemas:extension:hr:2.0:User";
        var user = Encoding.UTF8.GetBytes($$$"""{"userName":"Ada","{{{Urn}}}":{"site":"Berlin"} }""");

        // The same paths in two directories, which declared them otherwise.
        Terms(caseExact: true).ShouldBe(["Berlin"]);
        Terms(caseExact: false).ShouldBe(["berlin"]);
        Terms(caseExact: true).ShouldBe(["Berlin"]);

        string[] Terms(bool caseExact)
        {
            var definition = $$"""{"id":"{{Urn}}","name":"HR","attributes":[{"name":"site","type":"string","caseExact":{{(caseExact ? "true" : "false")}} }]}""";
            var directory = new DirectoryContext
            {
                Id = "d",
                Tenant = "t",
                Dialect = default,
                HashKey = [],
                Widths = [],
                UserIndexes = ["userName", $"{Urn}:site"],
                GroupIndexes = [],
                Extensions = [new DirectoryExtension { ResourceType = "User", Urn = Urn, Definition = definition }],
            };
            return [.. ResourceIndexes.OfUsers(directory).TermsOf(user).Where(t => t.Index != "u-username").Select(t => t.Value)];
        }
    }
}
