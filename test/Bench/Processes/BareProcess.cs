using System.Globalization;
using Bench.Requests;

namespace Bench.Processes;

/// <summary>The bare endpoints as a child process: this program again, told to be the bare server.</summary>
internal sealed class BareProcess : IDisposable
{
    private readonly ServerProcess process;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Holds an answer for each kind; the database comes here.</param>
    /// <param name="rows">How many rows there are at the start.</param>
    /// <param name="rowBytes">How large a row's data is.</param>
    public BareProcess(string folder, int rows, int rowBytes)
    {
        string[] arguments =
        [
            typeof(BareProcess).Assembly.Location,
            "bare",
            "--folder",
            folder,
            "--rows",
            rows.ToString(CultureInfo.InvariantCulture),
            "--row-bytes",
            rowBytes.ToString(CultureInfo.InvariantCulture),
        ];
        // As the server has it, by its SDK.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1", ["DOTNET_gcConcurrent"] = "1" };
        process = new ServerProcess(arguments, environment, "Listening:", Path.Combine(folder, "bare.log"));
    }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Where it takes the requests of a kind.</summary>
    public ServerAddress AddressOf(RequestKind kind) => new(process.Address, "/" + kind.Name);

    /// <inheritdoc />
    public void Dispose() => process.Dispose();
}
