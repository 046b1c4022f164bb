using System.Net;
using System.Text.Json.Nodes;
using Entra;
using Entra.Options;
using Spectre.Console;

namespace Api.Tests.Products;

/// <summary>An application in Entra whose admin has put in a Tenant URL and a Secret Token: what the simulator plays, and requests by hand in the form that Entra sends.</summary>
/// <param name="server">Where the Tenant URL is, whatever host it names.</param>
/// <param name="tenantUrl">As the product shows it.</param>
/// <param name="secretToken">As the product shows it.</param>
/// <param name="mapping">The application's attribute mapping, of the simulator's.</param>
internal sealed class EntraApplication(TestServer server, string tenantUrl, string secretToken, string mapping)
{
    private const int NoSurprises = 0;

    /// <summary>On-demand provisioning: one request after the other.</summary>
    public ApiClient Scim { get; } = Client(server, tenantUrl, secretToken);

    /// <summary>The header that a host's own address needs, where the test has no DNS.</summary>
    public (string Name, string Value) Host { get; } = ("Host", new Uri(tenantUrl).Authority);

    /// <summary>The button Test Connection: the matching attribute with a value that nobody has.</summary>
    public Task<Answer> TestConnection(string? token = null) =>
        Client(server, tenantUrl, token ?? secretToken).Get($"/Users?filter={Uri.EscapeDataString($"userName eq \"{Guid.NewGuid()}\"")}", Host);

    /// <summary>Start provisioning: the first cycle and some more, each answer verified, and the whole directory compared with the simulator's model in the end.</summary>
    public async Task Provision(PatchDialect dialect, int users, int groups = 0, int members = 0, int cycles = 2)
    {
        using var output = new StringWriter();
        var address = new Uri(server.Url);
        var options = new SimulatorOptions
        {
            Url = new Uri(tenantUrl),
            Token = secretToken,
            ConnectTo = new DnsEndPoint(address.Host, address.Port),
            Mapping = AttributeMapping.Read(mapping),
            Dialect = dialect,
            Users = users,
            Groups = groups,
            Members = members,
            Cycles = cycles,
            Retries = 0.1,
        };

        var outcome = await new Simulation(options, AnsiConsole.Console, output, interactive: false).RunAsync(CancellationToken.None);

        outcome.ShouldBe(NoSurprises, output.ToString());
    }

    /// <summary>All users, page by page.</summary>
    public async Task<List<JsonNode>> Users()
    {
        var all = new List<JsonNode>();
        int total;
        do
        {
            var page = (await Scim.Get($"/Users?startIndex={all.Count + 1}&count=100", Host)).ShouldBe(200);
            all.AddRange(page.Resources.Select(u => u!));
            total = page.TotalResults;
        }
        while (all.Count < total);

        return all;
    }

    /// <summary>Unassigned, or soft-deleted in Entra.</summary>
    public async Task Disable(JsonNode user) =>
        (await Scim.Patch($"/Users/{user["id"]}", Bodies.Patch("""{"op":"Replace","path":"active","value":"False"}"""), Host)).ShouldBe(200);

    /// <summary>The product's pages: make a directory of the profile, and no more is said of it.</summary>
    public static async Task<Answer> MakeDirectory(TestServer server, string name, string profile, string? tenant = null) =>
        (await server.Admin.Post($"/tenants/{tenant ?? await server.MakeTenant()}/directories", $$"""{"name":"{{name}}","profile":"{{profile}}"}""")).ShouldBe(201);

    /// <summary>The product's pages: a token, shown once.</summary>
    public static async Task<Answer> MakeKey(TestServer server, string directory, string name) =>
        (await server.Admin.Post($"/directories/{directory}/keys", $$"""{"name":"{{name}}"}""")).ShouldBe(201);

    private static ApiClient Client(TestServer server, string tenantUrl, string token) =>
        new(server.Http, server.Url + new Uri(tenantUrl).AbsolutePath, token, "application/scim+json");
}
