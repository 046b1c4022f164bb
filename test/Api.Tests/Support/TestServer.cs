using Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Support;

/// <summary>The whole server, on Kestrel and a file of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private static readonly Lazy<Task<TestServer>> SharedServer = new(() => Start());

    private readonly MusterServer server;
    private readonly bool ownsFolder;

    private TestServer(MusterServer server, string folder, bool ownsFolder, string printed)
    {
        this.server = server;
        this.ownsFolder = ownsFolder;
        Folder = folder;
        Printed = printed;
        Url = server.App.Urls.First();
        AdminKey = Value("Admin key:");
        SecretToken = Value("Secret Token:");

        string? Value(string label) =>
            printed.Split('\n').FirstOrDefault(l => l.StartsWith(label, StringComparison.Ordinal))?[label.Length..].Trim();
    }

    /// <summary>The server that tests share which need nothing special; each makes its own directory.</summary>
    public static Task<TestServer> Shared => SharedServer.Value;

    public string Folder { get; }

    /// <summary>What the start printed.</summary>
    public string Printed { get; }

    public string Url { get; }

    /// <summary>The key that the first start printed; to be set where the start was not the first.</summary>
    public string? AdminKey { get; init; }

    public string? SecretToken { get; }

    public IServiceProvider Services => server.App.Services;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public ApiClient Admin => Client("/admin/v1", AdminKey);

    /// <param name="folder">Where its file is; null for a new folder, which goes with the server.</param>
    /// <param name="args">More settings.</param>
    /// <param name="time">The clock, or null for the real one.</param>
    /// <param name="configure">Changes services.</param>
    /// <param name="adminKey">The admin key of an earlier start on the folder.</param>
    public static async Task<TestServer> Start(
        string? folder = null,
        string[]? args = null,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? configure = null,
        string? adminKey = null)
    {
        var path = folder ?? Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        using var output = new StringWriter();
        string[] all = ["--urls", "http://127.0.0.1:0", .. EngineUnderTest.StorageArguments(path), "--Limits:RequestsPerSecond", "0", .. args ?? []];
        var made = MusterServer.Create(all, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TextWriter>(output);
            if (time is not null)
            {
                EngineUnderTest.SetClock(builder, time);
            }

            configure?.Invoke(builder);
        });
        await made.ShouldNotBeNull().Start();
        var started = new TestServer(made, path, folder is null, output.ToString());
        return adminKey is null ? started : new TestServer(made, path, folder is null, output.ToString()) { AdminKey = adminKey };
    }

    public ApiClient Client(string prefix, string? token) =>
        new(Http, Url + prefix, token, prefix.StartsWith("/admin", StringComparison.Ordinal) ? "application/json" : "application/scim+json");

    public async Task<string> MakeTenant(string name = "A tenant") =>
        (await Admin.Post("/tenants", $$"""{"name":"{{name}}"}""")).ShouldBe(201).Id;

    public async Task<TestDirectory> MakeDirectory(string? tenant = null, string dialect = "entra", string more = "")
    {
        tenant ??= await MakeTenant();
        var made = (await Admin.Post($"/tenants/{tenant}/directories", $$"""{"name":"A directory","dialect":"{{dialect}}"{{more}}}""")).ShouldBe(201);
        var key = (await Admin.Post($"/directories/{made.Id}/keys", """{"name":"A key"}""")).ShouldBe(201);
        return new TestDirectory(this, tenant, made.Id, key.Id, key.String("secretToken")!);
    }

    public async Task Stop()
    {
        await server.App.StopAsync();
        await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Stop();
        if (ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
