using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Scim.Filters;
using Scim.Paths;
using Scim.Schemas;

namespace Scim.Tests.Filters;

public class FilterPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void ParseAfterPrint_IsIdentity() => Check.One(Many, Prop.ForAll(FilterGenerator.Printable, filter =>
    {
        var text = filter.ToString();
        var parsed = Filter.Parse(text);
        return parsed.Error is null && parsed.Value == filter && parsed.Value.ToString() == text;
    }));

    [Fact]
    public void Matches_AgreesWithTheNaiveEvaluator() =>
        Check.One(Many, Prop.ForAll(FilterGenerator.Comparable, Arb.From(Gen.Choose(0, int.MaxValue)), (filter, seed) =>
        {
            var resource = RandomUser(new Random(seed));
            var compiled = filter.Compile(SchemaSet.Standard.User).Value;
            return compiled.Matches(resource) == NaiveEvaluator.Matches(filter, resource);
        }));

    [Fact]
    public void RequiredEqualities_HoldForEveryMatch_AndIndexKeysFindIt() =>
        Check.One(Many, Prop.ForAll(FilterGenerator.Comparable, Arb.From(Gen.Choose(0, int.MaxValue)), (filter, seed) =>
        {
            var resource = RandomUser(new Random(seed));
            var compiled = filter.Compile(SchemaSet.Standard.User).Value;
            return !compiled.Matches(resource) || compiled.RequiredEqualities.All(term =>
            {
                var index = IndexedAttribute.Parse(term.Path, SchemaSet.Standard.User).Value;
                return index.Path == term.Path && (term.Value.Length == 0 || index.KeysOf(resource).Contains(index.Normalise(term.Value)));
            });
        }));

    [Fact]
    public void Parse_MutatedFilters_NeverThrows()
    {
        var random = new Random(20260131);
        string[] seeds =
        [
            "userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")",
            "emails[type eq \"work\" and value co \"@example.com\"] or not (ims[type eq \"xmpp\"].value pr)",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value ne \"\\u00e9\\ud83d\\ude00\\\"\"",
            "meta.lastModified ge \"2011-05-13T04:42:34.5+02:00\" and active eq true and x eq -1.5e10 or y eq null",
        ];
        const string spice = "\"\\()[]. :$urnotadeqpr0123456789-+eE\0\t\u00e9\ud800\udc00";
        for (var i = 0; i < 100_000; i++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (var change = random.Next(1, 6); change > 0 && text.Length > 0; change--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(4))
                {
                    case 0:
                        text.Remove(at, Math.Min(random.Next(1, 10), text.Length - at));
                        break;
                    case 1:
                        text.Insert(at, spice[random.Next(spice.Length)]);
                        break;
                    case 2:
                        text[at] = spice[random.Next(spice.Length)];
                        break;
                    default:
                        text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 20), text.Length - at)));
                        break;
                }
            }

            var input = text.ToString();
            if (Filter.Parse(input).TryGet(out var filter, out var error))
            {
                Filter.Parse(filter.ToString()).Value.ShouldBe(filter);
                filter.Compile(SchemaSet.Standard.User);
            }
            else
            {
                error.ScimType.ShouldBe("invalidFilter");
            }

            PatchPath.Parse(input);
        }
    }

    [Fact]
    public void CaseFolding_AgreesWithOrdinalIgnoreCase_ForEveryCharacter()
    {
        var index = IndexedAttribute.Parse("userName", SchemaSet.Standard.User).Value;
        // The planes above these two have no letters with case.
        var texts = Enumerable.Range(0, 0x20000).Where(Rune.IsValid).Select(code => new Rune(code).ToString()).ToArray();
        var byFold = texts.GroupBy(index.Normalise, StringComparer.Ordinal).ToArray();

        // As many classes, each within one of the other kind: the classes are the same.
        byFold.Length.ShouldBe(texts.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        byFold.Where(group => group.Any(text => !string.Equals(text, group.First(), StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("userName", "userName", "bjensen")]
    [InlineData("USERNAME", "userName", "bjensen")]
    [InlineData("externalId", "externalId", "BJ")]
    [InlineData("emails[type eq \"WORK\"].value", "emails[type eq \"work\"].value", "a@x,b@x")]
    [InlineData("emails[type eq \"work\"]", "emails[type eq \"work\"].value", "a@x,b@x")]
    [InlineData("emails", "emails.value", "a@x,c@x,b@x")]
    [InlineData("manager", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "m1")]
    [InlineData("name.givenName", "name.givenName", "")]
    public void IndexedAttribute_KeysOf(string expression, string path, string keys)
    {
        var user = JsonNode.Parse("""
            {
              "userName": "BJensen", "externalId": "BJ",
              "emails": [{ "type": "Work", "value": "A@x" }, { "type": "home", "value": "c@x" }, { "type": "work", "value": "b@X" }, { "type": "work", "value": "a@x" }],
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "manager": { "value": "M1" } }
            }
            """)!.AsObject();
        var index = IndexedAttribute.Parse(expression, SchemaSet.Standard.User).Value;
        index.Path.ShouldBe(path);
        string.Join(',', index.KeysOf(user)).ShouldBe(keys);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("name")]
    [InlineData("nonsense")]
    [InlineData("emails[type sw \"w\"].value")]
    [InlineData("emails[type eq \"work\" and primary eq true].value")]
    [InlineData("emails[type eq null].value")]
    [InlineData("userName[value eq \"bjensen\"]")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    public void IndexedAttribute_NotIndexable(string expression) =>
        IndexedAttribute.Parse(expression, SchemaSet.Standard.User).Error.ShouldNotBeNull();

    [Theory]
    [InlineData("userName", true)]
    [InlineData("externalId", true)]
    [InlineData("emails[type eq \"work\"]", true)]
    [InlineData("manager.value", true)]
    [InlineData("id", false)]
    [InlineData("schemas", false)]
    [InlineData("meta.resourceType", false)]
    [InlineData("groups.value", false)]
    [InlineData("manager.displayName", false)]
    public void IndexedAttribute_IsStored_WhereTheAttributesHoldIt(string expression, bool stored) =>
        IndexedAttribute.Parse(expression, SchemaSet.Standard.User).Value.IsStored.ShouldBe(stored);

    private static JsonObject RandomUser(Random random)
    {
        var user = new JsonObject();
        Maybe(user, "userName");
        Maybe(user, "title");
        Maybe(user, "externalId");
        if (random.Next(2) == 0)
        {
            user["active"] = random.Next(2) == 0;
        }

        if (random.Next(2) == 0)
        {
            var name = new JsonObject();
            Maybe(name, "givenName");
            user["name"] = name;
        }

        if (random.Next(3) > 0)
        {
            var emails = new JsonArray();
            for (var count = random.Next(4); count > 0; count--)
            {
                var email = new JsonObject();
                Maybe(email, "value");
                Maybe(email, "type");
                emails.Add(email);
            }

            user["emails"] = emails;
        }

        if (random.Next(2) == 0)
        {
            var manager = new JsonObject();
            Maybe(manager, "value");
            user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] = new JsonObject { ["manager"] = manager };
        }

        return user;

        void Maybe(JsonObject owner, string name)
        {
            if (random.Next(4) > 0)
            {
                owner[name] = FilterGenerator.Words[random.Next(FilterGenerator.Words.Length)];
            }
        }
    }
}
