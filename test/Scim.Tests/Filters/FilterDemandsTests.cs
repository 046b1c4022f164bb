using System.Text.Json.Nodes;
using Scim.Filters;
using Scim.Schemas;

namespace Scim.Tests.Filters;

/// <summary>What a filter lets be looked up, and filters over several types at once.</summary>
public sealed class FilterDemandsTests
{
    [Theory]
    [InlineData("userName eq \"a\"", "userName=a")]
    [InlineData("userName eq \"a\" and title pr", "userName=a")]
    [InlineData("userName eq \"a\" or externalId eq \"b\"", "(userName=a | externalId=b)")]
    [InlineData("userName eq \"a\" or externalId eq \"b\" or id eq \"c\"", "((userName=a | externalId=b) | id=c)")]
    [InlineData("title eq \"t\" and (userName eq \"a\" or externalId eq \"b\")", "title=t (userName=a | externalId=b)")]
    [InlineData("userName eq \"a\" or title pr", "(userName=a | )")]
    [InlineData("(userName eq \"a\" and active eq true) or userName eq \"b\"", "(userName=a | userName=b)")]
    [InlineData("not (userName eq \"a\" or userName eq \"b\")", "")]
    [InlineData("emails[type eq \"work\" or type eq \"home\"]", "")]
    public void Demands_AreWhatEveryMatchSatisfies(string filter, string expected) =>
        Shown(Filter.Parse(filter).Value.Compile(TestSchemas.User).Value.Demands).ShouldBe(expected);

    [Theory]
    [InlineData("userName eq \"a\"", false, true)]
    [InlineData("userName ne \"a\"", true, false)]
    [InlineData("userName pr", false, false)]
    [InlineData("not (userName pr)", true, false)]
    [InlineData("displayName eq \"G\"", true, false)]
    [InlineData("displayName eq \"G\" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"D\"", false, true)]
    [InlineData("emails[type eq \"work\"]", false, true)]
    [InlineData("displayName eq \"G\" or userName eq \"a\"", true, false)]
    public void Compile_AmongSeveralTypes_HoldsForeignAttributesAbsent(string filter, bool matches, bool impossible)
    {
        var compiled = Filter.Parse(filter).Value.Compile(TestSchemas.Group, others: SchemaSet.Standard.ResourceTypes).Value;

        compiled.Matches((JsonObject)JsonNode.Parse("""{"displayName":"G"}""")!).ShouldBe(matches);
        compiled.Demands.Impossible.ShouldBe(impossible);
    }

    [Fact]
    public void Compile_AmongSeveralTypes_KnowsWhatNoneOfThemHas() =>
        Filter.Parse("nothing pr").Value.Compile(TestSchemas.Group, others: SchemaSet.Standard.ResourceTypes).Error!.ScimType.ShouldBe("invalidFilter");

    private static string Shown(FilterDemands demands) => string.Join(' ',
        demands.Equalities.Select(e => $"{e.Path}={e.Value}").Concat(demands.Alternatives.Select(a => $"({Shown(a.Either)} | {Shown(a.Or)})")));
}
