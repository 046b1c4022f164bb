using Scim.Filters;
using Scim.Schemas;
using Scim.Tests.Paths;

namespace Scim.Tests.Filters;

public class FilterMatchingTests
{
    private const string Device = CustomUser.Urn;

    private const string Barbara = """
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
          "id": "2819c223-7f76-453a-919d-413861904646",
          "externalId": "Bjensen",
          "userName": "bjensen@example.com",
          "name": { "familyName": "O'Malley", "givenName": "Barbara" },
          "title": "Tour Guide",
          "userType": "Employee",
          "active": true,
          "nickName": "",
          "emails": [
            { "value": "bjensen@example.com", "type": "work", "primary": true },
            { "value": "babs@jensen.org", "type": "home" },
            { "value": "plain@jensen.org" }
          ],
          "photos": [],
          "groups": [{ "value": "g1", "display": "Tour Guides" }],
          "meta": { "resourceType": "User", "lastModified": "2011-05-13T04:42:34Z" },
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "employeeNumber": "701984",
            "manager": { "value": "26118915-6090-4610-87e4-49d8ca9f808d", "displayName": "John Smith" }
          },
          "urn:example:params:scim:schemas:extension:device:1.0:User": {
            "count": 12345678901234567890123, "ratio": 1.50, "seen": "2026-01-31T10:30:00.50+01:00", "key": "QUJD", "tags": ["red", "Green"]
          }
        }
        """;

    [Theory]
    // Strings, by caseExact.
    [InlineData("userName eq \"BJENSEN@example.com\"", true)]
    [InlineData("externalId eq \"bjensen\"", false)]
    [InlineData("externalId eq \"Bjensen\"", true)]
    [InlineData("name.familyName co \"o'mall\"", true)]
    [InlineData("userName sw \"BJ\"", true)]
    [InlineData("userName ew \".COM\"", true)]
    [InlineData("userName co \"\"", true)]
    [InlineData("userName gt \"a\" and userName lt \"C\"", true)]
    [InlineData("userName ge \"bjensen@example.com\" and userName le \"bjensen@example.com\"", true)]
    [InlineData("userName ne \"other\"", true)]
    [InlineData("userName ne \"BJENSEN@EXAMPLE.COM\"", false)]
    // Unassigned values.
    [InlineData("title pr", true)]
    [InlineData("nickName pr", false)]
    [InlineData("photos pr", false)]
    [InlineData("displayName pr", false)]
    [InlineData("displayName eq \"x\"", false)]
    [InlineData("displayName ne \"x\"", true)]
    [InlineData("displayName eq null", true)]
    [InlineData("displayName ne null", false)]
    [InlineData("title eq null", false)]
    [InlineData("title ne null", true)]
    [InlineData("name pr", true)]
    [InlineData("name.middleName pr", false)]
    [InlineData("addresses pr", false)]
    [InlineData("emails.display pr", false)]
    [InlineData("emails.primary pr", true)]
    [InlineData("displayName lt \"x\"", false)]
    // Booleans, also as Entra ID quotes them.
    [InlineData("active eq true", true)]
    [InlineData("active ne true", false)]
    [InlineData("active eq false", false)]
    [InlineData("active eq \"True\"", true)]
    // Numbers, exactly.
    [InlineData(Device + ":count eq 12345678901234567890123", true)]
    [InlineData(Device + ":count eq 12345678901234567890124", false)]
    [InlineData(Device + ":count gt 12345678901234567890122", true)]
    [InlineData(Device + ":count lt 1e400", true)]
    [InlineData(Device + ":count gt -1e400", true)]
    [InlineData(Device + ":count ge 1.2345678901234567890123e22", true)]
    [InlineData(Device + ":ratio eq 1.5", true)]
    [InlineData(Device + ":ratio eq 15e-1", true)]
    [InlineData(Device + ":ratio eq \"1.5\"", true)]
    [InlineData(Device + ":ratio gt 0", true)]
    [InlineData(Device + ":ratio gt -0.0", true)]
    // Dates, as instants.
    [InlineData("meta.lastModified eq \"2011-05-13T06:42:34+02:00\"", true)]
    [InlineData("meta.lastModified eq \"2011-05-13T04:42:34.000Z\"", true)]
    [InlineData("meta.lastModified gt \"2011-05-13T04:42:33.9999999999\"", true)]
    [InlineData("meta.lastModified ge \"2011-05-13T04:42:34Z\"", true)]
    [InlineData("meta.lastModified lt \"2011-05-13T04:42:34Z\"", false)]
    [InlineData("meta.lastModified co \"2011-05\"", true)]
    [InlineData(Device + ":seen eq \"2026-01-31T09:30:00.5Z\"", true)]
    [InlineData(Device + ":seen lt \"10000-01-01T00:00:00Z\"", true)]
    [InlineData(Device + ":seen gt \"-0001-12-31T24:00:00Z\"", true)]
    // Binary and lists of text.
    [InlineData(Device + ":key eq \"QUJD\"", true)]
    [InlineData(Device + ":key eq \"qujd\"", false)]
    [InlineData(Device + ":tags eq \"green\"", true)]
    [InlineData(Device + ":tags eq \"blue\"", false)]
    [InlineData(Device + ":tags[value sw \"r\"]", true)]
    // Multi-valued complex attributes.
    [InlineData("emails co \"@jensen\"", true)]
    [InlineData("emails.value eq \"BABS@jensen.org\"", true)]
    [InlineData("emails[type eq \"work\" and value co \"@example.com\"]", true)]
    [InlineData("emails[type eq \"home\" and value co \"@example.com\"]", false)]
    [InlineData("emails[type eq \"work\"].value eq \"bjensen@example.com\"", true)]
    [InlineData("emails[type eq \"work\"].value eq \"babs@jensen.org\"", false)]
    [InlineData("emails[not (type pr)]", true)]
    [InlineData("emails[type eq null and value sw \"plain\"]", true)]
    [InlineData("emails[primary eq \"true\"].type eq \"work\"", true)]
    [InlineData("emails.type ne \"work\"", true)]
    [InlineData("groups eq \"g1\"", true)]
    [InlineData("groups.display sw \"tour\"", true)]
    [InlineData("schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\"", true)]
    // Extensions, with their URN and, as Entra ID has it, without.
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq \"701984\"", true)]
    [InlineData("URN:IETF:params:scim:schemas:extension:enterprise:2.0:User:MANAGER.displayname co \"smith\"", true)]
    [InlineData("manager eq \"26118915-6090-4610-87e4-49d8ca9f808d\"", true)]
    [InlineData("id eq \"2819c223-7f76-453a-919d-413861904646\" and manager eq \"other\"", false)]
    [InlineData("manager[value eq \"26118915-6090-4610-87e4-49d8ca9f808d\"]", true)]
    // Logic.
    [InlineData("title pr and userType eq \"Employee\"", true)]
    [InlineData("displayName pr or userType eq \"Employee\"", true)]
    [InlineData("not (title pr)", false)]
    [InlineData("displayName pr and displayName pr or title pr", true)]
    [InlineData("displayName pr and (displayName pr or title pr)", false)]
    [InlineData("userType ne \"Employee\" and not (emails co \"example.com\" or emails.value co \"example.org\")", false)]
    public void Matches(string text, bool expected) =>
        Filter.Parse(text).Value.Compile(CustomUser.Type).Value.Matches(CustomUser.Resource(Barbara)).ShouldBe(expected);

    [Theory]
    [InlineData("favouriteColour eq \"red\"", "favouriteColour")]
    [InlineData("name.nonsense pr", "nonsense")]
    [InlineData("emails[nonsense eq \"x\"]", "nonsense")]
    [InlineData("emails[name.value eq \"x\"]", "name.value")]
    [InlineData("active gt true", "active")]
    [InlineData("active co \"t\"", "active")]
    [InlineData("active eq \"yes\"", "active")]
    [InlineData("active eq 1", "active")]
    [InlineData("userName eq 1", "userName")]
    [InlineData("userName eq true", "userName")]
    [InlineData("userName gt null", "userName")]
    [InlineData("x509Certificates.value gt \"QUJD\"", "x509Certificates.value")]
    [InlineData("name eq \"x\"", "name")]
    [InlineData("meta.lastModified gt \"yesterday\"", "meta.lastModified")]
    [InlineData(Device + ":count co 1", "count")]
    [InlineData(Device + ":count eq \"many\"", "count")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr", "extension")]
    public void Compile_CannotCompare_IsInvalidFilterNamingTheAttribute(string text, string named)
    {
        var error = Filter.Parse(text).Value.Compile(CustomUser.Type).Error!;
        error.ScimType.ShouldBe("invalidFilter");
        error.Detail.ShouldContain(named);
    }

    [Theory]
    [InlineData("active eq \"true\"")]
    [InlineData(Device + ":count eq \"1\"")]
    [InlineData("manager eq \"x\"")]
    public void Compile_Strict_RefusesWhatIdentityProvidersSend(string text) =>
        Filter.Parse(text).Value.Compile(CustomUser.Type, Dialect.Strict).Error!.ScimType.ShouldBe("invalidFilter");

    [Theory]
    [InlineData("userName eq \"A\"", "userName=A")]
    [InlineData("USERNAME eq \"a\" and active eq true", "userName=a")]
    [InlineData("userName eq \"a\" and externalId eq \"b\"", "userName=a;externalId=b")]
    [InlineData("(userName eq \"a\" and title pr) and (id eq \"b\")", "userName=a;id=b")]
    [InlineData("userName eq \"a\" or externalId eq \"b\"", "")]
    [InlineData("not (userName eq \"a\")", "")]
    [InlineData("userName sw \"a\"", "")]
    [InlineData("userName eq null", "")]
    [InlineData("emails eq \"a\"", "emails.value=a")]
    [InlineData("emails[type eq \"WORK\"].value eq \"x\"", "emails[value eq \"x\"].type=WORK;emails.type=WORK;emails[type eq \"work\"].value=x;emails.value=x")]
    [InlineData("emails[value eq \"x\" or type eq \"work\"]", "")]
    [InlineData("emails[primary eq \"True\" and value eq \"x\"]", "emails[primary eq true].value=x;emails.value=x")]
    [InlineData("manager eq \"m\"", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value=m")]
    public void RequiredEqualities(string text, string expected) =>
        string.Join(';', Filter.Parse(text).Value.Compile(SchemaSet.Standard.User).Value.RequiredEqualities.Select(term => $"{term.Path}={term.Value}"))
            .ShouldBe(expected);

    [Theory]
    [InlineData("members eq \"a\"", "a")]
    [InlineData("id eq \"g\" and members.value eq \"a\"", "a")]
    [InlineData("members[value eq \"a\"]", "a")]
    [InlineData("members[value eq \"a\" or value eq \"b\"]", "a,b")]
    [InlineData("members[type eq \"User\" and value eq \"a\"]", "a")]
    [InlineData("members eq \"a\" or not (members eq \"b\") or members eq \"a\"", "a,b")]
    [InlineData("members pr and members eq \"a\"", "a")]
    [InlineData("members eq null", "")]
    [InlineData("displayName eq \"x\"", "")]
    [InlineData("members co \"a\"", null)]
    [InlineData("members ne \"a\"", null)]
    [InlineData("members eq \"a\" or members sw \"b\"", null)]
    [InlineData("members.type eq \"User\"", null)]
    [InlineData("members.type pr", null)]
    [InlineData("members[type eq \"User\"]", null)]
    [InlineData("members[type eq \"User\" or value eq \"a\"]", null)]
    [InlineData("members[not (value eq \"a\")]", null)]
    public void EqualityValues_OfMembers(string text, string? expected)
    {
        var values = Filter.Parse(text).Value.Compile(SchemaSet.Standard.Group).Value.EqualityValues("members.value");
        (values is null ? null : string.Join(',', values)).ShouldBe(expected);
    }

    [Fact]
    public void References_NamesTheAttributesLookedAt()
    {
        var filter = Filter.Parse("members pr or meta.created pr").Value.Compile(SchemaSet.Standard.Group).Value;
        filter.References("members").ShouldBeTrue();
        filter.References("META").ShouldBeTrue();
        filter.References("displayName").ShouldBeFalse();
    }
}
