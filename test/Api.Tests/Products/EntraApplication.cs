using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Entra;
using Entra.Options;
using Spectre.Console;

namespace Api.Tests.Products;

/// <summary>An application in Entra whose admin has put in a Tenant URL and a Secret Token: what the simulator plays, and requests by hand in the form that Entra sends.</summary>
internal sealed class EntraApplication : IDisposable
{
    private const int NoSurprises = 0;

    private readonly HttpClient http;
    private readonly DnsEndPoint server;
    private readonly Uri tenantUrl;
    private readonly string secretToken;
    private readonly string mapping;

    /// <param name="server">Where the Tenant URL is, whatever host it names.</param>
    /// <param name="tenantUrl">As the product shows it.</param>
    /// <param name="secretToken">As the product shows it.</param>
    /// <param name="mapping">The application's attribute mapping, of the simulator's.</param>
    public EntraApplication(TestServer server, string tenantUrl, string secretToken, string mapping)
    {
        var address = new Uri(server.Url);
        this.server = new DnsEndPoint(address.Host, address.Port);
        this.tenantUrl = new Uri(tenantUrl);
        this.secretToken = secretToken;
        this.mapping = mapping;
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectCallback = (_, stop) => Connect(stop) });
    }

    /// <summary>On-demand provisioning: one request after the other.</summary>
    public ApiClient Scim => Client(secretToken);

    /// <summary>The button Test Connection: the matching attribute with a value that nobody has.</summary>
    /// <param name="token">Another token than the one that the product showed.</param>
    public Task<Answer> TestConnection(string? token = null) => Client(token ?? secretToken).Find("/Users", $"userName eq \"{Guid.NewGuid()}\"");

    /// <summary>Test Connection succeeds with what the product showed, and fails clearly with another token.</summary>
    public async Task ShouldConnect()
    {
        (await TestConnection()).ShouldBe(200).TotalResults.ShouldBe(0);
        (await TestConnection(secretToken[..^1] + (secretToken[^1] == 'A' ? 'B' : 'A'))).ShouldBeError(401);
    }

    /// <summary>Start provisioning: the first cycle and two more, each answer verified, and the whole directory compared with the simulator's model in the end.</summary>
    public async Task Provision(PatchDialect dialect, int users, int groups = 0, int members = 0)
    {
        using var output = new StringWriter();
        var options = new SimulatorOptions
        {
            Url = tenantUrl,
            Token = secretToken,
            ConnectTo = server,
            Mapping = AttributeMapping.Read(mapping),
            Dialect = dialect,
            Users = users,
            Groups = groups,
            Members = members,
            Cycles = 2,
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
            var page = (await Scim.Get($"/Users?startIndex={all.Count + 1}&count=100")).ShouldBe(200);
            all.AddRange(page.Resources.Select(u => u!));
            total = page.TotalResults;
        }
        while (all.Count < total);

        return all;
    }

    /// <summary>Unassigned, or soft-deleted in Entra.</summary>
    public async Task<Answer> Disable(string id) =>
        (await Scim.Patch($"/Users/{id}", Bodies.Patch("""{"op":"Replace","path":"active","value":"False"}"""))).ShouldBe(200);

    public void Dispose() => http.Dispose();

    private ApiClient Client(string token) => new(http, tenantUrl.ToString(), token, "application/scim+json");

    private async ValueTask<Stream> Connect(CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
