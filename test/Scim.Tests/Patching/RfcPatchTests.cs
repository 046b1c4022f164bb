using Scim.Patching;
using Scim.Schemas;
using Scim.Tests.Paths;

namespace Scim.Tests.Patching;

/// <summary>RFC 7644 §3.5.2: its examples and its rules, to the letter.</summary>
public class RfcPatchTests
{
    private const string Device = CustomUser.Urn;

    private const string Group = """
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
          "displayName": "Tour Guides",
          "members": [{ "value": "2819c223-7f76-453a-919d-413861904646" }, { "value": "902c246b-6245-4190-8e05-00816be7344a" }]
        }
        """;

    private const string Addresses = """
        "addresses":[{"type":"work","streetAddress":"1 Old St","locality":"X","primary":true},{"type":"home","streetAddress":"2 Home St"}]
        """;

    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"display":"Babs Jensen","$ref":"https://x/Users/new","value":"new"}]}""",
        "2819c223-7f76-453a-919d-413861904646,902c246b-6245-4190-8e05-00816be7344a,new")]
    [InlineData("""{"op":"remove","path":"members[value eq \"2819c223-7f76-453a-919d-413861904646\"]"}""", "902c246b-6245-4190-8e05-00816be7344a")]
    [InlineData("""{"op":"remove","path":"members"}""", "")]
    [InlineData("""{"op":"remove","path":"members[value eq \"2819c223-7f76-453a-919d-413861904646\"]"},{"op":"add","path":"members","value":[{"value":"new"}]}""",
        "902c246b-6245-4190-8e05-00816be7344a,new")]
    [InlineData("""{"op":"remove","path":"members"},{"op":"add","path":"members","value":[{"value":"a"},{"value":"b"}]}""", "a,b")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"a"},{"value":"b"}]}""", "a,b")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"902c246b-6245-4190-8e05-00816be7344a"}]}""",
        "2819c223-7f76-453a-919d-413861904646,902c246b-6245-4190-8e05-00816be7344a")]
    public void GroupExamples(string operations, string members)
    {
        var result = Patched.Apply(CustomUser.Resource(Group), operations, Dialect.Strict, SchemaSet.Standard.Group).Value.Resource;
        string.Join(',', result["members"]?.AsArray().Select(member => member!["value"]!.GetValue<string>()) ?? []).ShouldBe(members);
    }

    [Fact]
    public void Add_WithoutPath_TheExampleOfSection_3_5_2_1() => Patched.Result(
        """ "emails":[{"value":"a@x","type":"work"}] """,
        """{"op":"add","value":{"emails":[{"value":"babs@jensen.org","type":"home"}],"nickName":"Babs"}}""",
        Dialect.Okta)
        .ShouldBe("""{"emails":[{"value":"a@x","type":"work"},{"value":"babs@jensen.org","type":"home"}],"nickName":"Babs"}""");

    [Theory]
    [InlineData(Dialect.Strict)]
    [InlineData(Dialect.Entra)]
    public void Replace_WholeValueByFilter(Dialect dialect) => Patched.Result(
        Addresses,
        """{"op":"replace","path":"addresses[type eq \"work\"]","value":{"type":"work","streetAddress":"911 Universal City Plaza","country":"US","primary":true}}""",
        dialect)
        .ShouldBe(Patched.Text("""
            "addresses":[{"type":"work","streetAddress":"911 Universal City Plaza","country":"US","primary":true},{"type":"home","streetAddress":"2 Home St"}]
            """));

    [Theory]
    [InlineData(Dialect.Strict)]
    [InlineData(Dialect.Entra)]
    public void Replace_OneSubAttributeByFilter(Dialect dialect) => Patched.Result(
        Addresses, """{"op":"replace","path":"addresses[type eq \"work\"].streetAddress","value":"1010 Broadway Ave"}""", dialect)
        .ShouldBe(Patched.Text(Addresses.Replace("1 Old St", "1010 Broadway Ave")));

    [Fact]
    public void Add_ByFilter_Merges() => Patched.Result(
        Addresses, """{"op":"add","path":"addresses[type eq \"home\"]","value":{"country":"US"}}""", Dialect.Strict)
        .ShouldBe(Patched.Text(Addresses.Replace("2 Home St\"", "2 Home St\",\"country\":\"US\"")));

    [Theory]
    [InlineData("add")]
    [InlineData("replace")]
    public void Complex_SubAttributesNotGivenStay(string op) => Patched.Result(
        """ "name":{"familyName":"J","givenName":"B"} """, $$$"""{"op":"{{{op}}}","path":"name","value":{"givenName":"C","middleName":"M"}}""", Dialect.Strict)
        .ShouldBe("""{"name":{"familyName":"J","givenName":"C","middleName":"M"}}""");

    [Theory]
    [InlineData("""{"op":"remove","path":"addresses[type eq \"work\"]"}""", """{"addresses":[{"type":"home","streetAddress":"2 Home St"}]}""")]
    [InlineData("""{"op":"remove","path":"addresses[type pr]"}""", "{}")]
    [InlineData("""{"op":"remove","path":"addresses"}""", "{}")]
    [InlineData("""{"op":"remove","path":"addresses[type eq \"home\"].streetAddress"},{"op":"remove","path":"addresses[type eq \"home\"].type"},{"op":"remove","path":"addresses[type eq \"work\"]"}""", "{}")]
    [InlineData("""{"op":"remove","path":"addresses","value":[{"type":"work"}]}""", "{}")]
    public void Remove(string operations, string expected) => Patched.Result(Addresses, operations, Dialect.Strict).ShouldBe(expected);

    [Fact]
    public void Remove_SubAttributeOfAllValues() => Patched.Result(
        """ "emails":[{"value":"a","display":"A"},{"value":"b","display":"B"}] """, """{"op":"remove","path":"emails.display"}""", Dialect.Strict)
        .ShouldBe("""{"emails":[{"value":"a"},{"value":"b"}]}""");

    [Theory]
    [InlineData("""{"op":"replace","path":"title","value":null}""")]
    [InlineData("""{"op":"replace","path":"title","value":"B"},{"op":"add","path":"title","value":null}""")]
    public void Null_MakesUnassigned(string operations) => Patched.Result("\"title\":\"A\"", operations, Dialect.Strict).ShouldBe("{}");

    [Theory]
    [InlineData("""{"op":"add","path":"emails","value":[{"value":"c","primary":true}]}""", "False,true")]
    [InlineData("""{"op":"replace","path":"emails[value eq \"b\"].primary","value":true}""", "false,true")]
    [InlineData("""{"op":"replace","path":"emails[value eq \"b\"]","value":{"value":"b","primary":true}}""", "false,true")]
    [InlineData("""{"op":"replace","path":"emails.primary","value":true}""", "false,true")]
    public void Primary_NewlySet_TakesItFromTheOther(string operation, string expected)
    {
        var emails = Patched.Apply(Patched.User(""" "emails":[{"value":"a","primary":true},{"value":"b"}] """), operation, Dialect.Strict)
            .Value.Resource["emails"]!.AsArray();
        string.Join(',', emails.Select(email => email!["primary"]?.ToJsonString()).Where(primary => primary is not null)).ShouldBe(expected.ToLowerInvariant());
    }

    [Fact]
    public void ManyMatchingValues_AllChange() => Patched.Result(
        """ "emails":[{"value":"a","type":"work"},{"value":"b","type":"work"},{"value":"c","type":"home"}] """,
        """{"op":"replace","path":"emails[type eq \"work\"].display","value":"W"},{"op":"replace","path":"emails[type eq \"home\"]","value":{"value":"d"}}""",
        Dialect.Strict)
        .ShouldBe("""{"emails":[{"value":"a","type":"work","display":"W"},{"value":"b","type":"work","display":"W"},{"value":"d"}]}""");

    [Theory]
    // Targets.
    [InlineData("""{"op":"remove"}""", "noTarget", "path")]
    [InlineData("""{"op":"replace","path":"emails[type eq \"work\"].value","value":"x"}""", "noTarget", "emails.value")]
    [InlineData("""{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"x"}}""", "noTarget", "emails")]
    [InlineData("""{"op":"add","path":"nonsense","value":"x"}""", "invalidPath", "nonsense")]
    [InlineData("""{"op":"add","path":"name.nonsense","value":"x"}""", "invalidPath", "nonsense")]
    [InlineData("""{"op":"add","path":"name.","value":"x"}""", "invalidPath", "name.")]
    [InlineData("""{"op":"add","path":"","value":"x"}""", "invalidPath", "path")]
    [InlineData("""{"op":"add","path":7,"value":"x"}""", "invalidPath", "path")]
    [InlineData("""{"op":"add","path":"userName[value eq \"x\"]","value":"x"}""", "invalidPath", "userName")]
    [InlineData("""{"op":"add","path":"manager","value":{"value":"x"}}""", "invalidPath", "manager")]
    [InlineData("""{"op":"add","path":"emails[type zz 1].value","value":"x"}""", "invalidFilter", "character 13")]
    [InlineData("""{"op":"add","path":"emails[nonsense eq \"1\"].value","value":"x"}""", "invalidFilter", "nonsense")]
    // Envelope.
    [InlineData("""{"op":"Add","path":"title","value":"x"}""", "invalidSyntax", "op")]
    [InlineData("""{"op":"move","path":"title","value":"x"}""", "invalidSyntax", "op")]
    [InlineData("""{"path":"title","value":"x"}""", "invalidSyntax", "op")]
    [InlineData("""7""", "invalidSyntax", "object")]
    [InlineData("""{"op":"add","path":"title"}""", "invalidValue", "value")]
    [InlineData("""{"op":"replace","path":"userName","value":null}""", "invalidValue", "userName")]
    [InlineData("""{"op":"add","value":{"title":"x"}}""", "invalidPath", "path")]
    // Values.
    [InlineData("""{"op":"add","path":"active","value":"True"}""", "invalidValue", "active")]
    [InlineData("""{"op":"add","path":"title","value":7}""", "invalidValue", "title")]
    [InlineData("""{"op":"add","path":"name","value":"x"}""", "invalidValue", "name")]
    [InlineData("""{"op":"add","path":"name","value":{"nonsense":"x"}}""", "invalidPath", "nonsense")]
    [InlineData("""{"op":"add","path":"name","value":{"givenName":7}}""", "invalidValue", "name.givenName")]
    [InlineData("""{"op":"replace","path":"emails","value":{"value":"x"}}""", "invalidValue", "emails")]
    [InlineData("""{"op":"replace","path":"emails","value":[{"primary":true},{"primary":true}]}""", "invalidValue", "primary")]
    // Mutability.
    [InlineData("""{"op":"replace","path":"id","value":"x"}""", "mutability", "id")]
    [InlineData("""{"op":"remove","path":"meta"}""", "mutability", "meta")]
    [InlineData("""{"op":"replace","path":"meta.version","value":"x"}""", "mutability", "meta.version")]
    [InlineData("""{"op":"add","path":"groups","value":[{"value":"g"}]}""", "mutability", "groups")]
    [InlineData("""{"op":"remove","path":"userName"}""", "mutability", "userName")]
    [InlineData("""{"op":"remove","path":"schemas"}""", "mutability", "schemas")]
    [InlineData("""{"op":"replace","path":"userName","value":""}""", "invalidValue", "userName")]
    [InlineData("""{"op":"replace","path":"userName","value":" "}""", "invalidValue", "userName")]
    public void Faults(string operation, string scimType, string named)
    {
        var error = Patched.Apply(Patched.User(), operation, Dialect.Strict).Error!;
        error.Status.ShouldBe(400);
        error.ScimType.ShouldBe(scimType, error.Detail);
        error.Detail.ShouldContain(named);
        error.Detail.ShouldStartWith("Operations[0]: ");
    }

    [Theory]
    [InlineData("""{"op":"Add","path":"nonsense","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"Add","path":"id","value":"x"}""", "mutability")]
    [InlineData("""{"op":"Replace","path":"userName","value":""}""", "invalidValue")]
    [InlineData("""{"op":"Replace","path":"userName","value":null}""", "invalidValue")]
    [InlineData("""{"op":"Replace","value":{"userName":" "}}""", "invalidValue")]
    [InlineData("""{"op":"Replace","value":"x"}""", "invalidValue")]
    [InlineData("""{"op":"Replace"}""", "invalidValue")]
    [InlineData("""{"op":"Replace","value":{"emails[type eq":"x"}}""", "invalidFilter")]
    [InlineData("""{"op":"Replace","path":"emails[type sw \"w\"].value","value":"x"}""", "noTarget")]
    [InlineData("""{"op":"Replace","path":"active","value":"yes"}""", "invalidValue")]
    public void Faults_AlsoInTheTolerantDialects(string operation, string scimType) =>
        Patched.Apply(Patched.User(), operation).Error!.ScimType.ShouldBe(scimType);

    [Fact]
    public void Immutable_CanBeSetOnce()
    {
        const string set = $$"""{"op":"add","path":"{{Device}}:serial","value":"1"}""";
        var user = Patched.Apply(Patched.User(), set).Value.Resource;
        Patched.Apply(user, set).Value.Changed.ShouldBeFalse();
        Patched.Apply(user, set.Replace("\"1\"", "\"2\"")).Error!.ScimType.ShouldBe("mutability");
        Patched.Apply(user, $$"""{"op":"remove","path":"{{Device}}:serial"}""").Error!.ScimType.ShouldBe("mutability");
    }

    [Fact]
    public void RequiredSubAttribute_MayComeLaterInTheSameRequest()
    {
        const string colour = $$"""{"op":"add","path":"{{Device}}:badge.colour","value":"red"}""";
        Patched.Apply(Patched.User(), colour).Error!.Detail.ShouldContain("badge.number");
        Patched.Apply(Patched.User(), colour + $$""", {"op":"add","path":"{{Device}}:badge.number","value":"7"}""").Value.Changed.ShouldBeTrue();
    }

    [Fact]
    public void ImmutableSubAttribute_StaysAsItIs()
    {
        const string badge = $$$""" "{{{Device}}}":{"badge":{"number":"7","issued":"2026-01-31T00:00:00Z"}} """;
        Patched.Result(badge, $$$"""{"op":"add","path":"{{{Device}}}:badge","value":{"issued":"2026-02-01T00:00:00Z"}}""").ShouldStartWith("400 mutability");
        Patched.Result(badge, $$$"""{"op":"add","path":"{{{Device}}}:badge","value":{"colour":"red","issued":"2026-01-31T00:00:00Z"}}""").ShouldContain("red");
    }

    [Fact]
    public void ListsOfText()
    {
        const string tags = $$$""" "{{{Device}}}":{"tags":["a","b"]} """;
        Patched.Result(tags, $$"""{"op":"add","path":"{{Device}}:tags","value":["b","c"]}""", Dialect.Strict).ShouldContain("""["a","b","c"]""");
        Patched.Result(tags, $$"""{"op":"add","path":"{{Device}}:tags","value":"c"}""", Dialect.Strict).ShouldContain("""["a","b","c"]""");
        Patched.Result(tags, $$"""{"op":"remove","path":"{{Device}}:tags[value eq \"A\"]"}""", Dialect.Strict).ShouldContain("""["b"]""");
        Patched.Result(tags, $$"""{"op":"replace","path":"{{Device}}:tags[value eq \"a\"]","value":"z"}""", Dialect.Strict).ShouldContain("""["z","b"]""");
        Patched.Result(tags, $$"""{"op":"remove","path":"{{Device}}:tags","value":["a","b"]}""").ShouldBe("{}");
    }

    [Fact]
    public void WholeExtension_MergedAndRemoved()
    {
        const string both = $$$"""
            "{{{Patched.Enterprise}}}":{"department":"D"},"{{{Device}}}":{"tags":["a"]}
            """;
        Patched.Result(both, $$$"""{"op":"replace","path":"{{{Patched.Enterprise}}}","value":{"division":"V"}}""", Dialect.Strict)
            .ShouldContain("""{"department":"D","division":"V"}""");
        var removed = Patched.Apply(Patched.User(both), $$"""{"op":"remove","path":"{{Patched.Enterprise}}"}""", Dialect.Strict).Value.Resource;
        removed.ContainsKey(Patched.Enterprise).ShouldBeFalse();
        removed["schemas"]!.ToJsonString().ShouldBe($"""["{Patched.CoreUser}","{Device}"]""");
    }

    [Fact]
    public void Operations_AreAtomic() => Patched.Apply(
        Patched.User("\"title\":\"x\""),
        """{"op":"replace","path":"title","value":"y"},{"op":"replace","path":"emails[type eq \"work\"].value","value":"z"}""",
        Dialect.Strict).Error!.Detail.ShouldStartWith("Operations[1]: ");

    [Fact]
    public void UntouchedValues_KeepTheirText()
    {
        const string numbers = $$$""" "{{{Device}}}":{"count":12345678901234567890123,"ratio":1.0,"tags":["a"]} """;
        Patched.Result(numbers, """{"op":"add","path":"title","value":"x"}""").ShouldContain("\"count\":12345678901234567890123,\"ratio\":1.0,");
        Patched.Result(numbers, $$"""{"op":"replace","path":"{{Device}}:ratio","value":1e400}""").ShouldContain("\"count\":12345678901234567890123,\"ratio\":1e400,");
        Patched.Apply(Patched.User(numbers), $$"""{"op":"replace","path":"{{Device}}:ratio","value":1.0}""").Value.Changed.ShouldBeFalse();
    }

    [Fact]
    public void TooManyOperations_SaysTheLimit()
    {
        const string operation = """{"op":"add","path":"title","value":"x"}""";
        Patched.Parse(string.Join(',', Enumerable.Repeat(operation, PatchLimits.DefaultMaxOperations))).Error.ShouldBeNull();
        var error = Patched.Parse(string.Join(',', Enumerable.Repeat(operation, PatchLimits.DefaultMaxOperations + 1))).Error!;
        error.Status.ShouldBe(400);
        error.Detail.ShouldContain("limit is 1000");
    }

    [Fact]
    public void TooManyValues_SaysTheLimit()
    {
        var values = string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"value":"{{i}}"}"""));
        Patched.Parse($$"""{"op":"add","path":"emails","value":[{{values}}]}""").Error!.Detail.ShouldContain("limit is 1000");
        var half = string.Join(',', Enumerable.Range(0, 600).Select(i => $$"""{"value":"a{{i}}"}"""));
        Patched.Apply(
            Patched.User($"\"emails\":[{half}]"),
            $$"""{"op":"add","path":"emails","value":[{{half}},{"value":"b"}]}""").Value.Resource["emails"]!.AsArray().Count.ShouldBe(601);
        Patched.Apply(
            Patched.User($"\"emails\":[{half}]"),
            $$"""{"op":"add","path":"emails","value":[{{half.Replace("\"a", "\"b")}}]}""").Error!.Detail.ShouldContain("limit is 1000");
    }

    [Theory]
    [InlineData("""{"Operations":[{"op":"add","path":"title","value":"x"}]}""")]
    [InlineData("""{"schemas":[],"Operations":[{"op":"add","path":"title","value":"x"}]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":{}}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","OP":"add","path":"title","value":"x"}]}""")]
    [InlineData("""[]""")]
    [InlineData("""{""")]
    [InlineData("")]
    public void BadEnvelope_IsInvalidSyntax(string body) =>
        PatchRequest.Parse(System.Text.Encoding.UTF8.GetBytes(body), SchemaSet.Standard.User, Dialect.Strict).Error!.ScimType.ShouldBe("invalidSyntax");
}
