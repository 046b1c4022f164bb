using Scim.Paths;
using Scim.Schemas;

namespace Scim.Tests.Paths;

public class AttributePathTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData("userName", "userName")]
    [InlineData("USERNAME", "userName")]
    [InlineData("name.GivenName", "name.givenName")]
    [InlineData("meta.lastModified", "meta.lastModified")]
    [InlineData("externalid", "externalId")]
    [InlineData("groups.$REF", "groups.$ref")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName", "userName")]
    [InlineData("URN:ietf:params:scim:schemas:core:2.0:User:name.familyName", "name.familyName")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:externalId", "externalId")]
    [InlineData(Enterprise + ":manager.value", Enterprise + ":manager.value")]
    [InlineData("urn:IETF:params:scim:schemas:extension:Enterprise:2.0:user:Department", Enterprise + ":department")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0User:employeeNumber", Enterprise + ":employeeNumber")]
    [InlineData(Enterprise, Enterprise)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0User", Enterprise)]
    [InlineData("manager", Enterprise + ":manager")]
    public void Resolve_KnownName_GivesTheCanonicalPath(string text, string canonical) =>
        AttributePath.Parse(text).Value.Resolve(SchemaSet.Standard.User).Value.Canonical.ShouldBe(canonical);

    [Theory]
    [InlineData("favouriteColour")]
    [InlineData("name.nonsense")]
    [InlineData("userName.value")]
    [InlineData("urn:example:nobody:2.0:User:userName")]
    [InlineData("urn:example:nobody:2.0")]
    [InlineData(Enterprise + ":userName")]
    public void Resolve_UnknownName_IsInvalidPathNamingIt(string text)
    {
        var error = AttributePath.Parse(text).Value.Resolve(SchemaSet.Standard.User).Error!;
        error.ScimType.ShouldBe("invalidPath");
        error.Detail.ShouldContain(text.Split('.')[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("name.")]
    [InlineData(".givenName")]
    [InlineData("name.given.x")]
    [InlineData("1name")]
    [InlineData("na me")]
    [InlineData("urn:")]
    [InlineData(":userName")]
    [InlineData("näme")]
    [InlineData("$")]
    public void Parse_NotAName_IsInvalidPath(string text) => AttributePath.Parse(text).Error!.ScimType.ShouldBe("invalidPath");

    [Fact]
    public void Resolve_Strict_DoesNotLookIntoExtensions() =>
        AttributePath.Parse("manager").Value.Resolve(SchemaSet.Standard.User, Dialect.Strict).Error.ShouldNotBeNull();

    [Theory]
    [InlineData("userName")]
    [InlineData("name.givenName")]
    [InlineData(Enterprise + ":manager.value")]
    [InlineData(Enterprise)]
    [InlineData("urn:example:ext:2.0")]
    public void ToString_IsReadBackEqual(string text)
    {
        var path = AttributePath.Parse(text).Value;
        path.ToString().ShouldBe(text);
        AttributePath.Parse(path.ToString()).Value.ShouldBe(path);
    }

    [Theory]
    [InlineData("members", "members")]
    [InlineData("name.familyName", "name.familyName")]
    [InlineData("addresses[type eq \"work\"]", "addresses[type eq \"work\"]")]
    [InlineData("members[value eq \"2819c223-7f76-453a-919d-413861904646\"].displayName", "members[value eq \"2819c223-7f76-453a-919d-413861904646\"].displayName")]
    [InlineData("emails[ Type EQ \"work\"  and (primary eq True) ].value", "emails[Type eq \"work\" and primary eq true].value")]
    [InlineData(Enterprise + ":manager[value eq \"1\"]", Enterprise + ":manager[value eq \"1\"]")]
    public void PatchPath_Parse_FigureSeven(string text, string canonical)
    {
        var path = PatchPath.Parse(text).Value;
        path.ToString().ShouldBe(canonical);
        PatchPath.Parse(canonical).Value.ShouldBe(path);
    }

    [Theory]
    [InlineData("", "invalidPath")]
    [InlineData("a b", "invalidPath")]
    [InlineData("emails]", "invalidPath")]
    [InlineData("emails[type eq \"work\"]value", "invalidPath")]
    [InlineData("emails[type eq \"work\"].", "invalidPath")]
    [InlineData("emails[type eq \"work\"].a.b", "invalidPath")]
    [InlineData("emails[type eq \"work\"].value ", "invalidPath")]
    [InlineData("emails.value[type eq \"work\"]", "invalidPath")]
    [InlineData("emails[type eq \"work\"", "invalidFilter")]
    [InlineData("emails[]", "invalidFilter")]
    [InlineData("emails[type zz \"work\"]", "invalidFilter")]
    [InlineData("emails[a[b eq 1]]", "invalidFilter")]
    public void PatchPath_Parse_Malformed(string text, string scimType) => PatchPath.Parse(text).Error!.ScimType.ShouldBe(scimType);
}
