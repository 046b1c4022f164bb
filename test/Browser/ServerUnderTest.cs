using Api.Hosting;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Browser.Tests;

/// <summary>A fresh server with storage of its own, as the README starts one.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly MusterServer server;
    private readonly string folder;

    private ServerUnderTest(MusterServer server, string folder, string printed)
    {
        this.server = server;
        this.folder = folder;
        Url = server.App.Urls.First();
        AdminKey = printed.Split('\n').First(l => l.StartsWith("Admin key:", StringComparison.Ordinal))["Admin key:".Length..].Trim();
    }

    public string Url { get; }

    public string AdminKey { get; }

    /// <param name="more">Settings beside address and path.</param>
    public static async Task<ServerUnderTest> Start(params string[] more)
    {
        var path = Directory.CreateTempSubdirectory("muster-browser-tests-").FullName;
        using var output = new StringWriter();
        var made = MusterServer.Create(["--urls", "http://127.0.0.1:0", .. EngineUnderTest.StorageArguments(path), .. more], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TextWriter>(output);
        });
        await made.ShouldNotBeNull().Start();
        return new ServerUnderTest(made, path, output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await server.App.StopAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
