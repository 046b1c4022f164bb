using System.Security.Cryptography;
using System.Text.Json;
using Bench.Directories;

namespace Bench.Processes;

/// <summary>The server of this repository as a child process, with a database of its own.</summary>
internal sealed class MusterProcess : IDisposable
{
    /// <summary>Where the server is found when nothing else is said: beside this program, built with it.</summary>
    private static readonly string DefaultAssembly = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Api", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Api.dll"));

    private readonly ServerProcess process;
    private readonly SetupClient admin;

    /// <summary>Starts the server on a database file.</summary>
    /// <param name="database">The file; it is made where it is not there.</param>
    /// <param name="requestsPerSecond">The rate limit of a directory; 0 for none.</param>
    /// <param name="assembly">The server's <c>Api.dll</c>; null for the one built beside this program.</param>
    /// <param name="requestLog">Whether request logs are kept, <c>true</c> or <c>false</c>; null for the server's default.</param>
    public MusterProcess(string database, int requestsPerSecond = 0, string? assembly = null, string? requestLog = null)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Storage__Path"] = database,
            ["Limits__RequestsPerSecond"] = requestsPerSecond.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Admin__Key"] = key,
        };
        if (requestLog is not null)
        {
            environment["RequestLog__On"] = requestLog;
        }

        process = new ServerProcess([assembly ?? DefaultAssembly], environment, "Tenant URL:", Path.ChangeExtension(database, ".log"));
        admin = new SetupClient(new Uri(process.Address, "/admin/v1"), key);
    }

    /// <summary>The Tenant URL.</summary>
    public Uri TenantUrl => process.Address;

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>From the start of the process to its being ready.</summary>
    public TimeSpan StartTime => process.StartTime;

    /// <summary>Makes a directory and gives its token.</summary>
    public string MakeDirectory()
    {
        var tenant = admin.Send(HttpMethod.Post, "/tenants", """{"name":"Bench"}""").GetProperty("id").GetString();
        var directory = admin.Send(HttpMethod.Post, $"/tenants/{tenant}/directories", """{"name":"Bench"}""").GetProperty("id").GetString();
        return admin.Send(HttpMethod.Post, $"/directories/{directory}/keys", """{"name":"Bench"}""").GetProperty("secretToken").GetString()!;
    }

    /// <summary>Sends a request to the admin API and gives the answer's body.</summary>
    public JsonElement Admin(HttpMethod method, string path, string? json = null) => admin.Send(method, path, json);

    /// <summary>The storage operations since its start.</summary>
    public StorageCounts Operations()
    {
        var counts = admin.Send(HttpMethod.Get, "/metrics");
        return new StorageCounts(Count("reads"), Count("writes"), Count("clears"));

        long Count(string name) => counts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
    }

    /// <summary>How many entries the request log of a token's directory lacks.</summary>
    public long MissingInLog(string token) =>
        admin.Send(HttpMethod.Get, $"/directories/{token.Split('_')[1]}/connection").GetProperty("droppedEntries").GetInt64();

    /// <inheritdoc />
    public void Dispose()
    {
        admin.Dispose();
        process.Dispose();
    }
}
