namespace Api.Tests.Support;

/// <summary>Request bodies, in their shortest good form.</summary>
internal static class Bodies
{
    public static string User(string userName, string more = "") =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{userName}}"{{more}}}""";

    public static string Group(string displayName, params string[] members) =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"{{displayName}}","members":[{{Values(members)}}]}""";

    public static string Patch(params string[] operations) =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{string.Join(',', operations)}}]}""";

    public static string Replace(string path, string json) => Patch($$"""{"op":"replace","path":"{{path}}","value":{{json}}}""");

    public static string AddMembers(params string[] ids) => Patch($$"""{"op":"add","path":"members","value":[{{Values(ids)}}]}""");

    private static string Values(string[] ids) => string.Join(',', ids.Select(id => $$"""{"value":"{{id}}"}"""));
}
