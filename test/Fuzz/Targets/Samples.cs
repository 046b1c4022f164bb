using System.Text;
using System.Text.Json.Nodes;
using Scim;
using Scim.Resources;
using Scim.Schemas;

namespace Fuzz.Targets;

/// <summary>The schemas and resources that inputs are tried on: among them an attribute of every type and characteristic.</summary>
internal static class Samples
{
    public static readonly Dialect[] Dialects = [Dialect.Entra, Dialect.Okta, Dialect.Strict];

    public static readonly ResourceMeta Meta = new("2819c223-7f76-453a-919d-413861904646", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 7);

    public const string CustomSchema = """
        {"id":"urn:example:scim:2.0:Custom","name":"Custom","description":"All there is","attributes":[
        {"name":"ratio","type":"decimal"},{"name":"count","type":"integer"},{"name":"hired","type":"dateTime"},{"name":"key","type":"binary"},
        {"name":"flag","type":"boolean"},{"name":"tags","type":"string","multiValued":true,"canonicalValues":["a","b"]},
        {"name":"badge","type":"string","mutability":"immutable","caseExact":true},{"name":"score","type":"integer","mutability":"readOnly"},
        {"name":"secret","type":"string","returned":"never","mutability":"writeOnly"},{"name":"notes","type":"string","returned":"request"},
        {"name":"site","type":"reference","referenceTypes":["external"],"uniqueness":"server"},
        {"name":"desk","type":"complex","subAttributes":[{"name":"floor","type":"integer","required":true},{"name":"number","type":"string","mutability":"immutable"}]},
        {"name":"rooms","type":"complex","multiValued":true,"subAttributes":[{"name":"value","type":"integer"},{"name":"primary","type":"boolean"},{"name":"since","type":"dateTime"}]}]}
        """;

    public const string UserText = """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"externalId":"00ujl29u0le5T6Aj10h7",
        "userName":"bjensen@example.com","name":{"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Barbara"},"displayName":"Babs \u00e9\ud83d\ude00",
        "emails":[{"value":"bjensen@example.com","type":"work","primary":true},{"value":"babs@jensen.org","type":"home"}],
        "addresses":[{"type":"work","streetAddress":"100 Universal City Plaza","locality":"Hollywood","region":"CA","postalCode":"91608","country":"US"}],
        "phoneNumbers":[{"value":"555-555-5555","type":"work"}],"active":true,"locale":"en-US","roles":[],"groups":[],"meta":{"resourceType":"User"},
        "x509Certificates":[{"value":"MIIDQzCCAqygAwIBAgICEAA="}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"701984","department":"Tour","manager":{"value":"26118915-6090-4610-87e4-49d8ca9f808d"}},
        "urn:example:scim:2.0:Custom":{"ratio":-1.50e3,"count":12,"hired":"2011-08-01T21:32:44.882Z","key":"AAEC","flag":false,"tags":["a","b"],"badge":"B1","notes":"n","secret":"s","site":"https://example.com/1","desk":{"floor":3,"number":"3.14"},"rooms":[{"value":1,"primary":true},{"value":2,"since":"2020-02-29T00:00:00+14:00"}]}}
        """;

    public const string GroupText = """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"8aa1a0c0",
        "displayName":"Tour Guides","members":[{"value":"2819c223","$ref":"https://example.com/v2/Users/2819c223","type":"User","display":"Babs"},{"value":"902c246b","$ref":null}],"meta":{"resourceType":"Group"}}
        """;

    public static SchemaSet Set { get; } = SchemaSet.Standard.Extend("User", SchemaReader.Read(Bytes(CustomSchema)).Value).Value;

    public static JsonObject User { get; } = ResourceReader.Read(Bytes(UserText), Set.User, Dialect.Entra).Value;

    public static JsonObject Group { get; } = ResourceReader.Read(Bytes(GroupText), Set.Group, Dialect.Entra).Value;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>An input as the text of a query or a header: what is not UTF-8 becomes U+FFFD, as Kestrel's decoding has it.</summary>
    public static string Text(byte[] input) => Encoding.UTF8.GetString(input);
}
