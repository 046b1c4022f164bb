using Scim.Patching;
using Scim.Schemas;

namespace Scim.Tests.Patching;

/// <summary>The forms that Entra ID sends, by default and with <c>aadOptscim062020</c>.</summary>
public class EntraPatchTests
{
    private const string Urn = Patched.Enterprise;
    private const string Work = """{"type":"work","value":"a@x","primary":true}""";
    private const string Home = """{"type":"home","value":"h@x"}""";

    [Theory]
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""")]
    [InlineData("""{"op":"replace","path":"active","value":false}""")]
    [InlineData("""{"op":"Replace","value":{"active":"False"}}""")]
    [InlineData("""{"op":"replace","value":{"active":false}}""")]
    [InlineData("""{"op":"Add","path":"active","value":"false"}""")]
    public void Disable(string operation) => Patched.Result("\"active\":true", operation).ShouldBe("{\"active\":false}");

    [Fact]
    public void SeveralAttributes_Default_AnOperationForEach() => Patched.Result(
        $"\"emails\":[{Work},{Home}],\"name\":{{\"familyName\":\"J\"}}",
        $$$"""
        {"op":"Add","path":"displayName","value":"Babs"},
        {"op":"Replace","path":"emails[type eq \"work\"].value","value":"b@x"},
        {"op":"Add","path":"name.givenName","value":"Barbara"},
        {"op":"Add","path":"{{{Urn}}}:employeeNumber","value":"701984"}
        """).ShouldBe(Patched.Text(
        $$$"""
        "emails":[{"type":"work","value":"b@x","primary":true},{{{Home}}}],"name":{"familyName":"J","givenName":"Barbara"},
        "displayName":"Babs","{{{Urn}}}":{"employeeNumber":"701984"}
        """));

    [Fact]
    public void SeveralAttributes_Flagged_OneOperationWithoutPath() => Patched.Result(
        $"\"emails\":[{Work},{Home}],\"name\":{{\"familyName\":\"J\"}}",
        $$$"""
        {"op":"replace","path":"emails[type eq \"work\"].value","value":"b@x"},
        {"op":"replace","value":{"displayName":"Babs","name.givenName":"Barbara","{{{Urn}}}:employeeNumber":"701984",
          "id":"ignored","meta":{"resourceType":"User"},"schemas":["x"],"groups":[],"nonsense":1,"not a name":2}}
        """).ShouldBe(Patched.Text(
        $$$"""
        "emails":[{"type":"work","value":"b@x","primary":true},{{{Home}}}],"name":{"familyName":"J","givenName":"Barbara"},
        "displayName":"Babs","{{{Urn}}}":{"employeeNumber":"701984"}
        """));

    [Fact]
    public void WithoutPath_FilteredKeysAndUrnObjects() => Patched.Result(
        $"\"emails\":[{Home}]",
        $$$$"""{"op":"add","value":{"emails[type eq \"work\"].value":"b@x","{{{{Urn}}}}":{"department":"D","manager":"m1","nonsense":0}}}""")
        .ShouldBe(Patched.Text($$$"""
            "emails":[{{{Home}}},{"type":"work","value":"b@x"}],"{{{Urn}}}":{"department":"D","manager":{"value":"m1"}}
            """));

    [Fact]
    public void MisspeltEnterpriseUrn_IsUnderstood() => Patched.Result(
        "",
        """{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department","value":"D"}""")
        .ShouldBe($$$"""{"{{{Urn}}}":{"department":"D"}}""");

    [Theory]
    [InlineData("Add")]
    [InlineData("Replace")]
    [InlineData("add")]
    [InlineData("replace")]
    public void FilteredPathWithoutSuchElement_CreatesIt(string op) => Patched.Result(
        $"\"emails\":[{Home}]",
        $$$"""{"op":"{{{op}}}","path":"emails[type eq \"work\"].value","value":"a@x"}""")
        .ShouldBe($$$"""{"emails":[{{{Home}}},{"type":"work","value":"a@x"}]}""");

    [Fact]
    public void FilteredPathWithoutAnyElement_CreatesIt() => Patched.Result(
        "",
        """
        {"op":"Add","path":"addresses[type eq \"work\"].streetAddress","value":"1 Main St"},
        {"op":"Add","path":"addresses[type eq \"work\"].country","value":"US"},
        {"op":"Add","path":"phoneNumbers[type eq \"mobile\" and primary eq \"True\"].value","value":"+1 (555) 0100"}
        """).ShouldBe(Patched.Text("""
        "addresses":[{"type":"work","streetAddress":"1 Main St","country":"US"}],
        "phoneNumbers":[{"type":"mobile","primary":true,"value":"+1 (555) 0100"}]
        """));

    [Theory]
    [InlineData("""{"op":"Add","path":"%manager","value":[{"$ref":"http://x/Users/m2","value":"m2"}]}""")]
    [InlineData("""{"op":"Replace","path":"%manager","value":[{"$ref":null,"value":"m2"}]}""")]
    [InlineData("""{"op":"Add","path":"%manager","value":"m2"}""")]
    [InlineData("""{"op":"Add","path":"%manager","value":{"value":"m2"}}""")]
    [InlineData("""{"op":"replace","path":"%manager.value","value":"m2"}""")]
    [InlineData("""{"op":"replace","path":"manager","value":"m2"}""")]
    [InlineData("""{"op":"replace","value":{"%manager":"m2"}}""")]
    [InlineData("""{"op":"replace","value":{"manager":{"value":"m2","displayName":"ignored"}}}""")]
    public void Manager_Set(string operation)
    {
        var expected = $$$$"""{"{{{{Urn}}}}":{"manager":{"value":"m2"}}}""";
        Patched.Result("", operation.Replace("%", Urn + ":")).ShouldBe(expected);
        Patched.Result($$$""" "{{{Urn}}}":{"manager":{"value":"m1"}} """, operation.Replace("%", Urn + ":")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"op":"remove","path":"%manager"}""")]
    [InlineData("""{"op":"remove","path":"%manager[value eq \"m1\"]"}""")]
    [InlineData("""{"op":"remove","path":"manager[value eq \"m1\"]"}""")]
    [InlineData("""{"op":"Replace","path":"%manager","value":""}""")]
    [InlineData("""{"op":"Replace","path":"manager","value":null}""")]
    [InlineData("""{"op":"Replace","path":"manager","value":[]}""")]
    [InlineData("""{"op":"Replace","path":"manager","value":{"value":""}}""")]
    [InlineData("""{"op":"Replace","path":"manager.value","value":""}""")]
    [InlineData("""{"op":"Replace","path":"manager[value eq \"m1\"].value","value":""}""")]
    [InlineData("""{"op":"Replace","value":{"manager":""}}""")]
    public void Manager_Removed_AndTheEmptyExtensionWithIt(string operation)
    {
        var user = Patched.User($$$""" "{{{Urn}}}":{"manager":{"value":"m1"}} """);
        user["schemas"]!.AsArray().Count.ShouldBe(2);
        var replaced = Patched.Apply(user, operation.Replace("%", Urn + ":")).Value;
        replaced.Changed.ShouldBeTrue();
        replaced.Resource.ToJsonString().ShouldBe($$$"""{"schemas":["{{{Patched.CoreUser}}}"],"userName":"babs"}""");
    }

    [Fact]
    public void Manager_RemovedByAnotherId_Stays() => Patched.Result(
        $$$""" "{{{Urn}}}":{"manager":{"value":"m1"}} """, """{"op":"remove","path":"manager[value eq \"other\"]"}""")
        .ShouldBe($$$$"""{"{{{{Urn}}}}":{"manager":{"value":"m1"}}}""");

    [Theory]
    [InlineData("""{"op":"Replace","path":"title","value":""}""")]
    [InlineData("""{"op":"Replace","path":"title","value":null}""")]
    [InlineData("""{"op":"Add","path":"title","value":null}""")]
    [InlineData("""{"op":"Replace","value":{"title":null}}""")]
    [InlineData("""{"op":"Remove","path":"title"}""")]
    [InlineData("""{"op":"Remove","path":"title","value":"Guide"}""")]
    [InlineData("""{"op":"Remove","path":"title","value":null}""")]
    public void Clear(string operation) => Patched.Result("\"title\":\"Guide\",\"active\":true", operation).ShouldBe("{\"active\":true}");

    [Theory]
    [InlineData("""{"op":"Replace","path":"emails[type eq \"work\"].value","value":""}""")]
    [InlineData("""{"op":"Remove","path":"emails[type eq \"work\"].value"}""")]
    [InlineData("""{"op":"Remove","path":"emails[type eq \"work\"]"}""")]
    [InlineData("""{"op":"Replace","path":"emails[type eq \"work\"]","value":null}""")]
    [InlineData("""{"op":"Remove","path":"emails","value":[{"value":"A@x"}]}""")]
    [InlineData("""{"op":"Remove","path":"emails","value":{"type":"work","value":"a@x"}}""")]
    [InlineData("""{"op":"Remove","path":"emails","value":"a@x"}""")]
    public void ClearOneValue_LeavesTheOthers(string operation) =>
        Patched.Result($"\"emails\":[{Work},{Home}]", operation).ShouldBe($$$"""{"emails":[{{{Home}}}]}""");

    [Theory]
    [InlineData("""{"op":"Replace","path":"emails[type eq \"other\"].value","value":""}""")]
    [InlineData("""{"op":"Remove","path":"emails[type eq \"other\"]"}""")]
    [InlineData("""{"op":"Remove","path":"emails","value":[]}""")]
    [InlineData("""{"op":"Remove","path":"emails","value":[{"value":"nobody@x"}]}""")]
    [InlineData("""{"op":"Remove","path":"emails","value":[{}]}""")]
    [InlineData("""{"op":"Remove","path":"title"}""")]
    [InlineData("""{"op":"Remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"}""")]
    [InlineData("""{"op":"Remove","path":"manager.value"}""")]
    [InlineData("""{"op":"Replace","path":"manager","value":""}""")]
    [InlineData("""{"op":"Add","path":"emails","value":[]}""")]
    [InlineData("""{"op":"Add","path":"emails","value":null}""")]
    [InlineData("""{"op":"Add","path":"emails","value":[{"value":"h@x","type":"home"}]}""")]
    [InlineData("""{"op":"Replace","value":{}}""")]
    [InlineData("""{"op":"Replace","value":{"nonsense":1}}""")]
    [InlineData("""{"op":"Replace","path":"schemas","value":["x"]}""")]
    public void NothingToChange_IsNoChange(string operation) =>
        Patched.Apply(Patched.User($"\"emails\":[{Work},{Home}]"), operation).Value.Changed.ShouldBeFalse();

    [Fact]
    public void Roles_AppRoleAssignmentsComplex_KeepsTheTextAsSent()
    {
        const string role = """{"value":"{\"id\":\"18d1\",\"value\":\"Admin\",\"displayName\":\"Administrator\"}"}""";
        const string other = """{"value":"{\"id\":\"9\"}"}""";
        Patched.Result("", $$$"""{"op":"Add","path":"roles","value":[{{{role}}}]}""").ShouldBe($$$"""{"roles":[{{{role}}}]}""");
        Patched.Result($"\"roles\":[{role},{other}]", $$$"""{"op":"Remove","path":"roles","value":[{{{role}}}]}""").ShouldBe($$$"""{"roles":[{{{other}}}]}""");
        Patched.Result($"\"roles\":[{role}]", """{"op":"Replace","path":"roles[primary eq \"True\"].value","value":"User"}""")
            .ShouldBe($$$"""{"roles":[{{{role}}},{"primary":true,"value":"User"}]}""");
    }

    [Fact]
    public void ExternalId_IsPatchable() =>
        Patched.Result("\"externalId\":\"a\"", """{"op":"Replace","path":"externalId","value":"b"}""").ShouldBe("{\"externalId\":\"b\"}");

    [Theory]
    [InlineData(Dialect.Entra)]
    [InlineData(Dialect.Okta)]
    public void ToleratedEnvelopes(Dialect dialect)
    {
        foreach (var body in new[]
        {
            """{"Operations":[{"op":"Replace","path":"active","value":"False"}]}""",
            """{"operations":[{"OP":"REPLACE","Path":"active","Value":false}]}""",
            """{"schemas":["URN:ietf:params:scim:api:messages:2.0:patchop"],"OPERATIONS":[{"op":"replace","path":"","value":{"active":false}}]}""",
        })
        {
            var request = PatchRequest.Parse(System.Text.Encoding.UTF8.GetBytes(body), SchemaSet.Standard.User, dialect).Value;
            request.Apply(Patched.User("\"active\":true")).Value.Resource["active"]!.GetValue<bool>().ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("""{"op":"Add","path":"members","value":[{"$ref":null,"value":"a"},{"value":"b","type":"Group"},{"value":"a"}]}""", "Add a,b/Group")]
    [InlineData("""{"op":"add","path":"members","value":[{"$ref":null,"value":"a"}]}""", "Add a")]
    [InlineData("""{"op":"add","path":"members","value":{"value":"a"}}""", "Add a")]
    [InlineData("""{"op":"add","path":"members","value":["a","b"]}""", "Add a,b")]
    [InlineData("""{"op":"add","value":{"members":[{"value":"a"}],"displayName":"G2"}}""", "Add a")]
    [InlineData("""{"op":"Remove","path":"members","value":[{"$ref":null,"value":"a"}]}""", "Remove a")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\"]"}""", "Remove a")]
    [InlineData("""{"op":"remove","path":"urn:ietf:params:scim:schemas:core:2.0:Group:MEMBERS[VALUE EQ \"a\"]"}""", "Remove a")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\" or value eq \"b\" or (value eq \"a\")]"}""", "Remove a,b")]
    [InlineData("""{"op":"remove","path":"members","value":[]}""", "")]
    [InlineData("""{"op":"add","path":"members","value":[]}""", "")]
    [InlineData("""{"op":"remove","path":"members"}""", "RemoveAll ")]
    [InlineData("""{"op":"remove","path":"members","value":null}""", "RemoveAll ")]
    [InlineData("""{"op":"replace","path":"members","value":[]}""", "RemoveAll ")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"a"}]}""", "Replace a")]
    [InlineData("""{"op":"replace","value":{"id":"x","members":[{"value":"a"}]}}""", "Replace a")]
    [InlineData("""{"op":"remove","path":"members","value":[{"value":"a"}]},{"op":"add","path":"members","value":[{"value":"b"}]}""", "Remove a;Add b")]
    [InlineData("""{"op":"replace","path":"displayName","value":"G2"}""", "")]
    public void Members_AreSplitFromTheHead(string operations, string expected)
    {
        var split = Patched.Parse(operations, type: SchemaSet.Standard.Group).Value.SplitMembers().Value;
        string.Join(';', split.Members.Select(operation =>
            $"{operation.Kind} {string.Join(',', operation.Values.Select(value => value.Type is null ? value.Value : $"{value.Value}/{value.Type}"))}"))
            .ShouldBe(expected);

        var group = Paths.CustomUser.Resource("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"G"}""");
        var head = split.Head.Apply(group).Value;
        head.Resource["displayName"]!.GetValue<string>().ShouldBe(operations.Contains("G2") ? "G2" : "G");
        head.Changed.ShouldBe(operations.Contains("G2"));
        split.Head.IsEmpty.ShouldBe(!operations.Contains("G2"));
    }

    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"a"},{"display":"x"}]}""", "invalidValue", "members[1].value")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":""}]}""", "invalidValue", "members[0].value")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":7}]}""", "invalidValue", "members[0].value")]
    [InlineData("""{"op":"remove","path":"members[display eq \"x\"]"}""", "invalidFilter", "members[value eq")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\" and type eq \"User\"]"}""", "invalidFilter", "members[value eq")]
    [InlineData("""{"op":"remove","path":"members[value sw \"a\"]"}""", "invalidFilter", "members[value eq")]
    [InlineData("""{"op":"add","path":"members[value eq \"a\"]","value":{"value":"a"}}""", "invalidPath", "members")]
    [InlineData("""{"op":"replace","path":"members[value eq \"a\"].type","value":"User"}""", "mutability", "members.type")]
    [InlineData("""{"op":"replace","path":"members[value eq \"a\"].value","value":"b"}""", "mutability", "members.value")]
    [InlineData("""{"op":"remove","path":"members.value"}""", "mutability", "members.value")]
    [InlineData("""{"op":"replace","path":"members.display","value":"x"}""", "mutability", "members.display")]
    [InlineData("""{"op":"remove","path":"displayName"}""", "mutability", "displayName")]
    public void Members_Faults(string operation, string scimType, string named)
    {
        var parsed = Patched.Parse(operation, type: SchemaSet.Standard.Group);
        var error = parsed.Error ?? parsed.Value.SplitMembers().Error!;
        error.Status.ShouldBe(400);
        error.ScimType.ShouldBe(scimType);
        error.Detail.ShouldContain(named);
        error.Detail.ShouldStartWith("Operations[0]: ");
    }

    [Fact]
    public void SplitMembers_OfAUser_IsTheRequestItself()
    {
        var request = Patched.Parse("""{"op":"add","path":"title","value":"x"}""").Value;
        var split = request.SplitMembers().Value;
        split.Head.ShouldBeSameAs(request);
        split.Members.ShouldBeEmpty();
    }
}
