using System.Buffers;
using System.Text;
using Scim.Errors;
using Scim.Projection;

namespace Scim.Tests.Projection;

public sealed class AttributeSelectionTests
{
    private const string User =
        """{"schemas":["s"],"id":"1","externalId":"x","userName":"u","name":{"givenName":"g","familyName":"f"},"emails":[{"value":"a","type":"work"},{"type":"home"},{"value":"b"}],"active":true,"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"d","manager":{"value":"m","$ref":"r"}},"meta":{"resourceType":"User","location":"l"}}""";

    private const string CustomUser =
        """{"schemas":["s"],"id":"1","userName":"u","urn:example:scim:2.0:Custom":{"secret":"s","notes":"n","tenure":"t","count":1.0}}""";

    [Theory]
    [InlineData("id", """{"schemas":["s"],"id":"1"}""")]
    [InlineData("nothing,name.nothing", """{"schemas":["s"],"id":"1"}""")]
    [InlineData("USERNAME, active", """{"schemas":["s"],"id":"1","userName":"u","active":true}""")]
    [InlineData("name", """{"schemas":["s"],"id":"1","name":{"givenName":"g","familyName":"f"}}""")]
    [InlineData("name.givenName", """{"schemas":["s"],"id":"1","name":{"givenName":"g"}}""")]
    [InlineData("name.middleName", """{"schemas":["s"],"id":"1"}""")]
    [InlineData("emails[type eq \"work\"].value", """{"schemas":["s"],"id":"1","emails":[{"value":"a"},{"value":"b"}]}""")]
    [InlineData("emails.value", """{"schemas":["s"],"id":"1","emails":[{"value":"a"},{"value":"b"}]}""")]
    [InlineData("meta.location,urn:ietf:params:scim:schemas:core:2.0:User:userName", """{"schemas":["s"],"id":"1","userName":"u","meta":{"location":"l"}}""")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"schemas":["s"],"id":"1","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"d","manager":{"value":"m","$ref":"r"}}}""")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", """{"schemas":["s"],"id":"1","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"d"}}""")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", """{"schemas":["s"],"id":"1","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"m"}}}""")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User", """{"schemas":["s"],"id":"1","userName":"u","name":{"givenName":"g","familyName":"f"},"emails":[{"value":"a","type":"work"},{"type":"home"},{"value":"b"}],"active":true}""")]
    public void Project_Attributes_KeepsThoseAndWhatIsAlwaysReturned(string attributes, string expected) =>
        Project(attributes, null, User).ShouldBe(expected);

    [Theory]
    [InlineData("id,schemas,externalId,emails,active,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,meta", """{"schemas":["s"],"id":"1","userName":"u","name":{"givenName":"g","familyName":"f"}}""")]
    [InlineData("name.givenName,emails.value,emails.type,meta,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", """{"schemas":["s"],"id":"1","externalId":"x","userName":"u","name":{"familyName":"f"},"active":true,"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"d"}}""")]
    public void Project_ExcludedAttributes_LeavesThemOut(string excluded, string expected) =>
        Project(null, excluded, User).ShouldBe(expected);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData(null, "members")]
    public void Project_OfEverything_IsByteForByte(string? attributes, string? excluded) =>
        Project(attributes, excluded, User).ShouldBe(User);

    [Theory]
    [InlineData(null, null, """{"schemas":["s"],"id":"1","userName":"u","urn:example:scim:2.0:Custom":{"tenure":"t","count":1.0}}""")]
    [InlineData("userName", null, """{"schemas":["s"],"id":"1","userName":"u","urn:example:scim:2.0:Custom":{"tenure":"t"}}""")]
    [InlineData("urn:example:scim:2.0:Custom:notes,urn:example:scim:2.0:Custom:secret", null, """{"schemas":["s"],"id":"1","urn:example:scim:2.0:Custom":{"notes":"n","tenure":"t"}}""")]
    [InlineData("urn:example:scim:2.0:Custom", null, """{"schemas":["s"],"id":"1","urn:example:scim:2.0:Custom":{"tenure":"t","count":1.0}}""")]
    [InlineData(null, "userName,urn:example:scim:2.0:Custom:tenure", """{"schemas":["s"],"id":"1","urn:example:scim:2.0:Custom":{"tenure":"t","count":1.0}}""")]
    public void Project_ByReturned(string? attributes, string? excluded, string expected)
    {
        var selection = AttributeSelection.Parse(attributes, excluded, TestSchemas.Extended.User).Value;
        selection.IsDefault.ShouldBeFalse();
        var output = new ArrayBufferWriter<byte>();
        selection.Project(Encoding.UTF8.GetBytes(CustomUser), output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "members", false)]
    [InlineData(null, "members.value", true)]
    [InlineData("members.value", null, true)]
    [InlineData("MEMBERS", null, true)]
    [InlineData("displayName", null, false)]
    public void Includes_SaysWhetherMembersAreToBeLoaded(string? attributes, string? excluded, bool expected) =>
        AttributeSelection.Parse(attributes, excluded, TestSchemas.Group).Value.Includes("members").ShouldBe(expected);

    [Fact]
    public void Includes_Id_Always() => AttributeSelection.Parse(null, "id", TestSchemas.Group).Value.Includes("id").ShouldBeTrue();

    [Fact]
    public void Parse_BothGiven_IsInvalidValue() =>
        AttributeSelection.Parse("id", "members", TestSchemas.Group).Error
            .ShouldBe(ScimError.InvalidValue("'attributes' and 'excludedAttributes' cannot both be given."));

    [Fact]
    public void Project_WithWhiteSpace_KeepsValuesByteForByte() =>
        Project("name.givenName,active", null, """
            { "id" : "\u0031" , "name" : { "familyName":"f" , "givenName" : "\u0067" } , "active" : true }
            """).ShouldBe("""{"id" : "\u0031","name" : {"givenName" : "\u0067"},"active" : true}""");

    private static string Project(string? attributes, string? excluded, string resource)
    {
        var output = new ArrayBufferWriter<byte>();
        AttributeSelection.Parse(attributes, excluded, TestSchemas.User).Value.Project(Encoding.UTF8.GetBytes(resource), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
