using Bench.Client;
using Bench.Directories;

namespace Bench.Requests;

/// <summary>A kind of request that is measured.</summary>
/// <param name="Name">As the command line says it.</param>
/// <param name="What">As tables say it.</param>
/// <param name="Work">What the bare endpoint beside it does.</param>
/// <param name="Least">The least ratio to the bare endpoint that is asked for; null where none is.</param>
/// <param name="Make">Makes the source of a connection: for a directory, at an address, by the connection's number.</param>
internal sealed record RequestKind(
    string Name,
    string What,
    BareWork Work,
    double? Least,
    Func<BenchDirectory, ServerAddress, int, RequestSource> Make)
{
    /// <summary>Whether it makes the directory larger.</summary>
    public bool Grows => Work == BareWork.InsertsRow;
}
