namespace Bench.Requests;

/// <summary>The bodies that are sent, as Microsoft Entra ID sends them.</summary>
internal static class UserBodies
{
    private const string PatchStart = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[""";

    /// <summary>A change of two attributes without an index, never the same twice.</summary>
    public const string Change = PatchStart
        + """{"op":"Replace","path":"displayName","value":"Adele Vance {n}"},{"op":"Replace","path":"title","value":"Program Manager {n}"}]}""";

    /// <summary>A change that changes nothing.</summary>
    public const string Same = PatchStart + """{"op":"Replace","path":"preferredLanguage","value":"en-US"}]}""";

    /// <summary>One member added.</summary>
    public const string AddMember = PatchStart + """{"op":"Add","path":"members","value":[{"value":"{id}"}]}]}""";

    /// <summary>One member removed.</summary>
    public const string RemoveMember = PatchStart + """{"op":"Remove","path":"members[value eq \"{id}\"]"}]}""";

    /// <summary>The userName of a user, by the name of its directory's population.</summary>
    public static string UserName(string population) => population + "-{n}@contoso.example";

    /// <summary>A new user, with what a directory usually knows of people.</summary>
    public static string Create(string population) => $$$"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"externalId":"ext-{{{population}}}-{n}","userName":"{{{UserName(population)}}}","active":true,"displayName":"Adele Vance {n}","title":"Senior Program Manager","preferredLanguage":"en-US","emails":[{"primary":true,"type":"work","value":"{{{UserName(population)}}}"}],"meta":{"resourceType":"User"},"name":{"formatted":"Adele Vance","familyName":"Vance","givenName":"Adele"},"addresses":[{"type":"work","primary":true,"streetAddress":"205 108th Ave. NE, Suite 400","locality":"Bellevue","region":"WA","postalCode":"98004","country":"US","formatted":"205 108th Ave. NE, Suite 400\nBellevue, WA 98004"}],"phoneNumbers":[{"type":"work","primary":true,"value":"+1 425 555 0109"},{"type":"mobile","value":"+1 425 555 0110"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"E-{n}","department":"Retail","costCenter":"CC-1001"}}
        """;

    /// <summary>A new group without members.</summary>
    public static string Group(string name) =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"{{name}}"}""";

    /// <summary>Several members added at once.</summary>
    public static string AddMembers(IEnumerable<string> ids) =>
        PatchStart + """{"op":"Add","path":"members","value":[""" + string.Join(',', ids.Select(id => $$"""{"value":"{{id}}"}""")) + "]}]}";
}
