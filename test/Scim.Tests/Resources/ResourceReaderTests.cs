using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Tests.Resources;

public sealed class ResourceReaderTests
{
    private const string Core = "\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"]";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Read_EntraCreate_IsNormalised() =>
        Read("""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0User"],
             "externalId":"0a21f0f2","USERNAME":"Test_User@example.com","active":"True",
             "emails":[{"primary":true,"type":"work","value":"a+b@example.com"}],
             "meta":{"resourceType":"User"},"name":{"formatted":"given family","familyName":"family","givenName":null},
             "roles":[],"title":"","password":"x","unknown":{"a":1},"id":"mine",
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0User":{"Department":"d","manager":"42"}}
            """).ShouldBe("""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"externalId":"0a21f0f2","userName":"Test_User@example.com","active":true,"emails":[{"primary":true,"type":"work","value":"a+b@example.com"}],"name":{"formatted":"given family","familyName":"family"},"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"d","manager":{"value":"42"}}}
            """);

    [Fact]
    public void Read_EntraGroup_IgnoresTheSchemaOfItsOwn() =>
        Read("""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
             "externalId":"8aa1a0c0","displayName":"displayName","members":[],"meta":{"resourceType":"Group"}}
            """, type: TestSchemas.Group).ShouldBe("""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"externalId":"8aa1a0c0","displayName":"displayName"}
            """);

    [Theory]
    [InlineData("""{"value":"1","$ref":"http://elsewhere/1","displayName":"x"}""", """{"value":"1"}""")]
    [InlineData("\"1\"", """{"value":"1"}""")]
    [InlineData("""[{"value":"1"}]""", """{"value":"1"}""")]
    [InlineData("""["1"]""", """{"value":"1"}""")]
    [InlineData("""{"VALUE":"1"}""", """{"value":"1"}""")]
    [InlineData("\"\"", null)]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("[null]", null)]
    [InlineData("null", null)]
    [InlineData("""{"value":""}""", null)]
    public void Read_ManagerInAnyForm_IsAnObject(string sent, string? kept)
    {
        var body = """{"userName":"u","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":""" + sent + "}}";
        var manager = Parsed(body)[SchemaUrns.EnterpriseUser]?["manager"];
        (manager?.ToJsonString(Readable)).ShouldBe(kept);
    }

    [Theory]
    [InlineData("""{"type":"work","value":"a"}""", """[{"type":"work","value":"a"}]""")]
    [InlineData("\"a\"", """[{"value":"a"}]""")]
    [InlineData("""["a",null,"",{"value":"b","x":1},{}]""", """[{"value":"a"},{"value":"b"}]""")]
    [InlineData("""[{"value":"a","primary":"true"},{"value":"b","primary":"FALSE"}]""", """[{"value":"a","primary":true},{"value":"b","primary":false}]""")]
    [InlineData("""[{"value":"a"},{"value":"a"}]""", """[{"value":"a"},{"value":"a"}]""")]
    public void Read_EmailsInAnyForm_AreAnArray(string sent, string kept) =>
        Parsed("""{"userName":"u","emails":""" + sent + "}")["emails"]!.ToJsonString(Readable).ShouldBe(kept);

    [Theory]
    [InlineData("""{"userName":7}""", "invalidValue", "'userName' must be a string, not a number.")]
    [InlineData("""{"userName":["u"]}""", "invalidValue", "'userName' must be a string, not an array.")]
    [InlineData("{}", "invalidValue", "'userName' is required.")]
    [InlineData("""{"userName":null}""", "invalidValue", "'userName' is required.")]
    [InlineData("""{"userName":"  "}""", "invalidValue", "'userName' is required and must not be blank.")]
    [InlineData("""{"userName":""}""", "invalidValue", "'userName' is required and must not be blank.")]
    [InlineData("""{"userName":"u","name":"x"}""", "invalidValue", "'name' must be an object, not a string.")]
    [InlineData("""{"userName":"u","name":{"givenName":true}}""", "invalidValue", "'name.givenName' must be a string, not true.")]
    [InlineData("""{"userName":"u","emails":[{"value":"a"},{"value":{}}]}""", "invalidValue", "'emails[1].value' must be a string, not an object.")]
    [InlineData("""{"userName":"u","emails":[{"primary":true},{"primary":"True"}]}""", "invalidValue", "'emails' has more than one value whose 'primary' is true.")]
    [InlineData("""{"userName":"u","active":"yes"}""", "invalidValue", "'active' must be true or false, not a string.")]
    [InlineData("""{"userName":"u","active":1}""", "invalidValue", "'active' must be true or false, not a number.")]
    [InlineData("""{"userName":"u","x509Certificates":[{"value":"a"}]}""", "invalidValue", "'x509Certificates[0].value' must be base64 text.")]
    [InlineData("""{"userName":"u","schemas":[1]}""", "invalidValue", "'schemas' must be an array of strings.")]
    [InlineData("""{"userName":"u","schemas":{}}""", "invalidValue", "'schemas' must be an array of strings.")]
    [InlineData("""{"userName":"u","USERname":"v"}""", "invalidSyntax", "'USERname' stands twice in one object, at byte 16; names are compared without regard to case.")]
    [InlineData("""{"userName":"u","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":"x"}""", "invalidValue", "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' must be an object.")]
    [InlineData("""{"userName":"u","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":[1,2]}}""", "invalidValue", "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager' must be an object, not an array.")]
    [InlineData("""{"userName":"u","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":1}}}""", "invalidValue", "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value' must be a string, not a number.")]
    [InlineData("""{"userName":"u","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"division":"a"},"urn:ietf:params:scim:schemas:extension:enterprise:2.0User":{"division":"a"}}""", "invalidSyntax", "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' stands twice.")]
    public void Read_AFault_NamesTheAttribute(string body, string scimType, string detail)
    {
        foreach (var dialect in new[] { Dialect.Entra, Dialect.Okta })
        {
            ResourceReader.Read(Encoding.UTF8.GetBytes(body), TestSchemas.User, dialect).Error.ShouldBe(new ScimError(400, scimType, detail));
        }
    }

    [Theory]
    [InlineData("""{"userName":"u"}""", "invalidValue", "'schemas' must include 'urn:ietf:params:scim:schemas:core:2.0:User'.")]
    [InlineData("""{"schemas":"urn:ietf:params:scim:schemas:core:2.0:User","userName":"u"}""", "invalidValue", "'schemas' must be an array of strings.")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:other"],"userName":"u"}""", "invalidValue", "'schemas' names 'urn:other', which User does not have.")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"u"}""", "invalidValue", "'schemas' has 'urn:ietf:params:scim:schemas:core:2.0:User' twice.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"division":"d"}}""", "invalidValue", "'schemas' must include 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', whose attributes are sent.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","nick":"x"}""", "invalidSyntax", "User has no attribute 'nick'.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","name":{"nick":"x"}}""", "invalidSyntax", "'name' has no sub-attribute 'nick'.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","password":"x"}""", "invalidSyntax", "Passwords are not taken: leave 'password' out. This directory is provisioned and does not sign users in.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","active":"true"}""", "invalidValue", "'active' must be true or false, not a string.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","emails":{"value":"a"}}""", "invalidValue", "'emails' must be an array, not an object.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","emails":["a"]}""", "invalidValue", "'emails[0]' must be an object, not a string.")]
    [InlineData($$$"""{{{{Core}}},"userName":"u","name":[]}""", "invalidValue", "'name' must be an object, not an array.")]
    public void Read_InTheStrictDialect_RefusesWhatTheStandardDoes(string body, string scimType, string detail) =>
        ResourceReader.Read(Encoding.UTF8.GetBytes(body), TestSchemas.User, Dialect.Strict).Error.ShouldBe(new ScimError(400, scimType, detail));

    [Fact]
    public void Read_InTheStrictDialect_KeepsEmptyTextAndIgnoresReadOnly() =>
        Read($$$"""{{{{Core}}},"userName":"u","title":"","id":7,"groups":[{"value":"g"}],"meta":{"version":"x"}}""", Dialect.Strict).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"u","title":""}""");

    [Theory]
    [InlineData("ratio", "1.0")]
    [InlineData("ratio", "1e400")]
    [InlineData("ratio", "12345678901234567890123")]
    [InlineData("count", "-12345678901234567890123")]
    [InlineData("hired", "\"2008-01-23T04:56:22Z\"")]
    [InlineData("hired", "\"2024-02-29T24:00:00.000+14:00\"")]
    [InlineData("hired", "\"2026-12-31T23:59:59.123456789012\"")]
    [InlineData("key", "\"TXVzdGVy\"")]
    [InlineData("key", "\"TQ\"")]
    [InlineData("key", "\"TQ==\"")]
    [InlineData("tags", "[\"a\",\"a\",\" \"]")]
    public void Read_AValueOfItsType_IsKeptAsSent(string attribute, string json) =>
        Custom(attribute, json).Value[TestSchemas.Custom]![attribute]!.ToJsonString(Readable).ShouldBe(json);

    [Theory]
    [InlineData("ratio", "\"1\"", "a number, not a string.")]
    [InlineData("count", "1.0", "a whole number, without fraction or exponent.")]
    [InlineData("count", "1e2", "a whole number, without fraction or exponent.")]
    [InlineData("count", "true", "a whole number, without fraction or exponent, not true.")]
    [InlineData("hired", "\"2026-02-29T00:00:00Z\"", "a dateTime such as \"2026-01-31T09:30:00Z\".")]
    [InlineData("hired", "\"2026-01-31\"", "a dateTime such as \"2026-01-31T09:30:00Z\".")]
    [InlineData("hired", "\"2026-01-31 09:30:00\"", "a dateTime such as \"2026-01-31T09:30:00Z\".")]
    [InlineData("hired", "\"2026-01-31T09:30:00.\"", "a dateTime such as \"2026-01-31T09:30:00Z\".")]
    [InlineData("hired", "\"2026-01-31T24:00:01Z\"", "a dateTime such as \"2026-01-31T09:30:00Z\".")]
    [InlineData("hired", "\"2026-01-31T09:30:00+1400\"", "a dateTime such as \"2026-01-31T09:30:00Z\".")]
    [InlineData("hired", "\"0000-01-31T09:30:00Z\"", "a dateTime such as \"2026-01-31T09:30:00Z\".")]
    [InlineData("hired", "7", "a dateTime such as \"2026-01-31T09:30:00Z\", not a number.")]
    [InlineData("key", "\"T\"", "base64 text.")]
    [InlineData("key", "\"TQ=\"", "base64 text.")]
    [InlineData("key", "\"T Q=\"", "base64 text.")]
    public void Read_AValueOfAnotherType_IsInvalidValue(string attribute, string json, string wanted) =>
        Custom(attribute, json).Error.ShouldBe(ScimError.InvalidValue($"'{TestSchemas.Custom}:{attribute}' must be {wanted}"));

    [Fact]
    public void Read_ARequiredSubAttribute_IsAskedFor() =>
        Custom("desk", """{"number":"1"}""").Error.ShouldBe(ScimError.InvalidValue("'urn:example:scim:2.0:Custom:desk.floor' is required."));

    [Fact]
    public void Read_AMemberWithoutValue_IsInvalidValue() =>
        ResourceReader.Read("""{"displayName":"g","members":[{"type":"User"}]}"""u8, TestSchemas.Group, Dialect.Entra).Error
            .ShouldBe(ScimError.InvalidValue("'members[0].value' is required."));

    [Fact]
    public void Read_BeyondALimit_NamesIt()
    {
        var limits = new ResourceLimits { MaxDepth = 4, MaxValues = 1, MaxMembers = 2, MaxTextLength = 10, MaxKeyLength = 5 };
        Detail("""{"userName":"u","emails":["a","b"]}""", TestSchemas.User).ShouldBe("'emails' has 2 values; the limit is 1.");
        Detail("""{"userName":"uuuuuu"}""", TestSchemas.User).ShouldBe("'userName' is 6 characters long; the limit is 5.");
        Detail("""{"userName":"u","externalId":"uuuuuu"}""", TestSchemas.User).ShouldBe("'externalId' is 6 characters long; the limit is 5.");
        Detail("""{"userName":"u","name":{"givenName":"01234567890"}}""", TestSchemas.User).ShouldBe("'name.givenName' is 11 characters long; the limit is 10.");
        Detail("""{"userName":"u","x":[[[[]]]]}""", TestSchemas.User).ShouldBe("The body nests deeper than the limit of 4 levels, at byte 23.");
        Detail("""{"displayName":"g","members":["1","2","3"]}""", TestSchemas.Group).ShouldBe("'members' has 3 values; the limit is 2.");

        string Detail(string body, ResourceType type) => ResourceReader.Read(Encoding.UTF8.GetBytes(body), type, Dialect.Entra, limits).Error!.Detail;
    }

    [Fact]
    public void Read_AnUnknownNameOfAnyLength_IsCutShortInTheError() =>
        ResourceReader.Read(Encoding.UTF8.GetBytes($$$"""{{{{Core}}},"userName":"u","{{{new string('x', 5000)}}}":1}"""), TestSchemas.User, Dialect.Strict)
            .Error!.Detail.Length.ShouldBeLessThan(200);

    private static Result<JsonObject> Custom(string attribute, string json) =>
        ResourceReader.Read(
            Encoding.UTF8.GetBytes($$$"""{"schemas":["{{{SchemaUrns.User}}}","{{{TestSchemas.Custom}}}"],"userName":"u","{{{TestSchemas.Custom}}}":{"{{{attribute}}}":{{{json}}}}}"""),
            TestSchemas.Extended.User,
            Dialect.Strict);

    private static JsonObject Parsed(string body) => ResourceReader.Read(Encoding.UTF8.GetBytes(body), TestSchemas.User, Dialect.Entra).Value;

    private static string Read(string body, Dialect dialect = Dialect.Entra, ResourceType? type = null) =>
        ResourceReader.Read(Encoding.UTF8.GetBytes(body), type ?? TestSchemas.User, dialect).Value.ToJsonString(Readable);
}
