namespace Api.Tests.Security;

/// <summary>An endpoint, by the pattern it is mapped with.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">As mapped.</param>
/// <param name="Body">A good body, where it takes one.</param>
public sealed record EndpointCase(string Method, string Pattern, string? Body = null)
{
    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>Every endpoint of the server. A test fails where one is mapped that is not here.</summary>
internal static class EndpointTable
{
    public const string SharedForm = "/scim/v2";
    public const string PathForm = "/directories/{directory}/scim/v2";
    public const string AdminPrefix = "/admin/v1";

    private const string SomeId = "0199aaaa-0000-7000-8000-000000000001";

    private const string SomeExtension = """{"resourceType":"User","schema":{"id":"urn:x","name":"X","attributes":[{"name":"x"}]}}""";

    private const string SomeType = """{"endpoint":"/Xs","schema":{"id":"urn:x","name":"X","attributes":[{"name":"x"}]}}""";

    private const string SomeFederation = """{"issuer":"https://i.example","jwksUrl":"https://i.example/keys","subject":"s","audience":"a"}""";

    private static readonly string SomeUser = Bodies.User("intruder");
    private static readonly string SomeGroup = Bodies.Group("Intruders");

    private static readonly string SomeBulk =
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","path":"/Users","bulkId":"b","data":{{SomeUser}} }]}""";

    private static readonly EndpointCase[] ScimEndpoints =
    [
        new("GET", "/Users"),
        new("HEAD", "/Users"),
        new("POST", "/Users", SomeUser),
        new("PUT", "/Users", SomeUser),
        new("GET", "/Users/{id}"),
        new("HEAD", "/Users/{id}"),
        new("PUT", "/Users/{id}", SomeUser),
        new("PATCH", "/Users/{id}", Bodies.Replace("active", "false")),
        new("DELETE", "/Users/{id}"),
        new("POST", "/Users/{id}", SomeUser),
        new("GET", "/Groups"),
        new("HEAD", "/Groups"),
        new("POST", "/Groups", SomeGroup),
        new("GET", "/Groups/{id}"),
        new("HEAD", "/Groups/{id}"),
        new("PUT", "/Groups/{id}", SomeGroup),
        new("PATCH", "/Groups/{id}", Bodies.AddMembers(SomeId)),
        new("DELETE", "/Groups/{id}"),
        new("POST", "/Bulk", SomeBulk),
        new("GET", "/Bulk"),
        new("GET", "/Me/{**rest}"),
        new("DELETE", "/Me/{**rest}"),
        new("POST", "/Users/.search", "{}"),
        new("POST", "/Groups/.search", "{}"),
        new("GET", "/"),
        new("HEAD", "/"),
        new("POST", "/.search", "{}"),
        new("GET", "/ServiceProviderConfig"),
        new("HEAD", "/ServiceProviderConfig"),
        new("GET", "/ResourceTypes"),
        new("GET", "/ResourceTypes/{id}"),
        new("GET", "/Schemas"),
        new("GET", "/Schemas/{id}"),
        new("GET", "/{**rest}"),
        new("POST", "/{**rest}", SomeUser),
    ];

    /// <summary>The SCIM endpoints, in both address forms.</summary>
    public static IEnumerable<EndpointCase> Scim { get; } =
        new[] { SharedForm, PathForm }.SelectMany(form => ScimEndpoints.Select(e => e with { Pattern = form + e.Pattern })).ToArray();

    public static IEnumerable<EndpointCase> Admin { get; } =
    [
        new("POST", "/admin/v1/tenants/", """{"name":"T"}"""),
        new("GET", "/admin/v1/tenants/"),
        new("GET", "/admin/v1/tenants/{tenant}"),
        new("PATCH", "/admin/v1/tenants/{tenant}", """{"name":"T"}"""),
        new("DELETE", "/admin/v1/tenants/{tenant}"),
        new("GET", "/admin/v1/tenants/{tenant}/audit"),
        new("POST", "/admin/v1/tenants/{tenant}/directories/", """{"name":"D"}"""),
        new("GET", "/admin/v1/tenants/{tenant}/directories/"),
        new("GET", "/admin/v1/directories/{directory}/"),
        new("PATCH", "/admin/v1/directories/{directory}/", """{"name":"D"}"""),
        new("DELETE", "/admin/v1/directories/{directory}/"),
        new("GET", "/admin/v1/directories/{directory}/users/"),
        new("GET", "/admin/v1/directories/{directory}/users/{user}"),
        new("DELETE", "/admin/v1/directories/{directory}/users/{user}"),
        new("POST", "/admin/v1/directories/{directory}/users/{user}/archive"),
        new("POST", "/admin/v1/directories/{directory}/users/{user}/restore"),
        new("POST", "/admin/v1/directories/{directory}/users/{user}/invite", "{}"),
        new("DELETE", "/admin/v1/directories/{directory}/users/{user}/invite"),
        new("GET", "/admin/v1/directories/{directory}/groups/"),
        new("GET", "/admin/v1/directories/{directory}/groups/{group}"),
        new("GET", "/admin/v1/directories/{directory}/groups/{group}/members"),
        new("GET", "/admin/v1/directories/{directory}/org-units/{kind}/"),
        new("GET", "/admin/v1/directories/{directory}/org-units/{kind}/{unit}"),
        new("PUT", "/admin/v1/directories/{directory}/org-units/{kind}/{unit}", "{}"),
        new("DELETE", "/admin/v1/directories/{directory}/org-units/{kind}/{unit}"),
        new("GET", "/admin/v1/directories/{directory}/org-units/{kind}/{unit}/users"),
        new("GET", "/admin/v1/directories/{directory}/users/{user}/org-units"),
        new("GET", "/admin/v1/profiles/"),
        new("GET", "/admin/v1/profiles/schema"),
        new("GET", "/admin/v1/profiles/{profile}"),
        new("PUT", "/admin/v1/profiles/{profile}", """{"name":"isolated"}"""),
        new("DELETE", "/admin/v1/profiles/{profile}"),
        new("GET", "/admin/v1/directories/{directory}/provisioning/"),
        new("PUT", "/admin/v1/directories/{directory}/provisioning/", """{"on":false}"""),
        new("GET", "/admin/v1/directories/{directory}/indexes/"),
        new("PUT", "/admin/v1/directories/{directory}/indexes/", """{"userIndexes":["title"]}"""),
        new("GET", "/admin/v1/directories/{directory}/attributes/"),
        new("POST", "/admin/v1/directories/{directory}/attributes/", """{"name":"x"}"""),
        new("POST", "/admin/v1/directories/{directory}/keys/", """{"name":"K"}"""),
        new("GET", "/admin/v1/directories/{directory}/keys/"),
        new("DELETE", "/admin/v1/directories/{directory}/keys/{key}"),
        new("POST", "/admin/v1/directories/{directory}/keys/{key}/rotation/"),
        new("POST", "/admin/v1/directories/{directory}/keys/{key}/rotation/complete"),
        new("DELETE", "/admin/v1/directories/{directory}/keys/{key}/rotation/"),
        new("POST", "/admin/v1/directories/{directory}/clients/", """{"name":"C"}"""),
        new("GET", "/admin/v1/directories/{directory}/clients/"),
        new("GET", "/admin/v1/directories/{directory}/clients/{client}"),
        new("DELETE", "/admin/v1/directories/{directory}/clients/{client}"),
        new("POST", "/admin/v1/directories/{directory}/clients/{client}/secrets", "{}"),
        new("DELETE", "/admin/v1/directories/{directory}/clients/{client}/secrets/{secret}"),
        new("PUT", "/admin/v1/directories/{directory}/clients/{client}/federation/", SomeFederation),
        new("DELETE", "/admin/v1/directories/{directory}/clients/{client}/federation/"),
        new("POST", "/admin/v1/directories/{directory}/setup-links/", "{}"),
        new("GET", "/admin/v1/directories/{directory}/setup-links/"),
        new("GET", "/admin/v1/directories/{directory}/setup-links/{link}"),
        new("DELETE", "/admin/v1/directories/{directory}/setup-links/{link}"),
        new("GET", "/admin/v1/directories/{directory}/extensions/"),
        new("GET", "/admin/v1/directories/{directory}/extensions/{urn}"),
        new("PUT", "/admin/v1/directories/{directory}/extensions/{urn}", SomeExtension),
        new("GET", "/admin/v1/directories/{directory}/resource-types/"),
        new("GET", "/admin/v1/directories/{directory}/resource-types/{name}"),
        new("PUT", "/admin/v1/directories/{directory}/resource-types/{name}", SomeType),
        new("GET", "/admin/v1/directories/{directory}/events/"),
        new("GET", "/admin/v1/directories/{directory}/requests/"),
        new("GET", "/admin/v1/directories/{directory}/requests/{request}"),
        new("GET", "/admin/v1/directories/{directory}/request-log/"),
        new("PUT", "/admin/v1/directories/{directory}/request-log/", "{}"),
        new("GET", "/admin/v1/directories/{directory}/connection"),
        new("GET", "/admin/v1/directories/{directory}/progress"),
        new("GET", "/admin/v1/directories/{directory}/export"),
        new("POST", "/admin/v1/directories/{directory}/import", "{}"),
        new("POST", "/admin/v1/keys/", """{"name":"A"}"""),
        new("GET", "/admin/v1/keys/"),
        new("DELETE", "/admin/v1/keys/{key}"),
        new("GET", "/admin/v1/audit"),
        new("GET", "/admin/v1/metrics"),
        new("POST", "/admin/v1/backups/"),
        new("GET", "/admin/v1/backups/"),
    ];

    /// <summary>What anybody may ask.</summary>
    public static IEnumerable<EndpointCase> Open { get; } =
    [
        new("GET", "/health/live"),
        new("GET", "/health/ready"),
        new("GET", "/openapi/{documentName}.json"),
        new("GET", "/openapi/scim.json"),
        new("GET", "/setup"),
        new("HEAD", "/setup"),
        new("POST", "/setup"),
        new("POST", "/oauth2/token"),
        new("POST", "/directories/{directory}/oauth2/token"),
        new("GET", "/.well-known/oauth-authorization-server"),
        new("GET", "/.well-known/oauth-authorization-server/directories/{directory}"),
    ];
}
