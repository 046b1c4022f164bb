namespace Conformance.Areas.Discovery;

/// <summary>The attributes that the RFC defines are defined so by the server, where it has them (RFC 7643 §4, §8.7.1).</summary>
internal static class CoreAttributeCases
{
    private static readonly (string Schema, string Path, string Type, bool MultiValued)[] Attributes =
    [
        (Urns.User, "userName", "string", false),
        (Urns.User, "name", "complex", false),
        (Urns.User, "name/formatted", "string", false),
        (Urns.User, "name/familyName", "string", false),
        (Urns.User, "name/givenName", "string", false),
        (Urns.User, "displayName", "string", false),
        (Urns.User, "nickName", "string", false),
        (Urns.User, "profileUrl", "reference", false),
        (Urns.User, "title", "string", false),
        (Urns.User, "userType", "string", false),
        (Urns.User, "preferredLanguage", "string", false),
        (Urns.User, "locale", "string", false),
        (Urns.User, "timezone", "string", false),
        (Urns.User, "active", "boolean", false),
        (Urns.User, "password", "string", false),
        (Urns.User, "emails", "complex", true),
        (Urns.User, "emails/value", "string", false),
        (Urns.User, "emails/type", "string", false),
        (Urns.User, "emails/primary", "boolean", false),
        (Urns.User, "phoneNumbers", "complex", true),
        (Urns.User, "ims", "complex", true),
        (Urns.User, "photos", "complex", true),
        (Urns.User, "addresses", "complex", true),
        (Urns.User, "groups", "complex", true),
        (Urns.User, "entitlements", "complex", true),
        (Urns.User, "roles", "complex", true),
        (Urns.User, "x509Certificates", "complex", true),
        (Urns.Group, "displayName", "string", false),
        (Urns.Group, "members", "complex", true),
        (Urns.Group, "members/value", "string", false),
        (Urns.Enterprise, "employeeNumber", "string", false),
        (Urns.Enterprise, "costCenter", "string", false),
        (Urns.Enterprise, "organization", "string", false),
        (Urns.Enterprise, "division", "string", false),
        (Urns.Enterprise, "department", "string", false),
        (Urns.Enterprise, "manager", "complex", false),
        (Urns.Enterprise, "manager/value", "string", false),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Attributes.Select(a => Must(
            $"discovery.core.{Short(a.Schema)}.{a.Path.Replace('/', '-')}",
            $"'{a.Path.Replace('/', '.')}' of {Short(a.Schema)} is {a.Type}{(a.MultiValued ? ", multi-valued" : "")}",
            "RFC 7643 §8.7.1",
            async t =>
            {
                t.NeedsAttribute(a.Schema, a.Path);
                var answer = (await t.Get($"/Schemas/{a.Schema}")).Is(200);
                var definition = t.NeedsAttribute(a.Schema, a.Path);
                answer.True(definition["type"]?.ToString() == a.Type, $"the type of '{a.Path}' is {a.Type}, and not {definition["type"]}");
                answer.True(definition["multiValued"]?.ToString() == (a.MultiValued ? "true" : "false"), $"'{a.Path}' has multiValued {a.MultiValued}");
            })),
        Must("discovery.core.user.userName-required", "'userName' is required, and unique on the server", "RFC 7643 §4.1.1", async t =>
        {
            var definition = t.NeedsAttribute(Urns.User, "userName");
            var answer = (await t.Get($"/Schemas/{Urns.User}")).Is(200);
            answer.True(definition["required"]?.ToString() == "true", "'userName' is required");
            answer.True(definition["uniqueness"]?.ToString() is "server" or "global", "'userName' is unique");
            answer.True(definition["caseExact"]?.ToString() == "false", "'userName' is not caseExact");
        }),
        Must("discovery.core.user.password-never", "'password' is writeOnly and never returned", "RFC 7643 §4.1.1", async t =>
        {
            var definition = t.NeedsAttribute(Urns.User, "password");
            var answer = (await t.Get($"/Schemas/{Urns.User}")).Is(200);
            answer.True(definition["returned"]?.ToString() == "never", "'password' is never returned");
            answer.True(definition["mutability"]?.ToString() == "writeOnly", "'password' is writeOnly");
        }),
    ];

    private static string Short(string schema) => schema == Urns.User ? "user" : schema == Urns.Group ? "group" : "enterprise";
}
