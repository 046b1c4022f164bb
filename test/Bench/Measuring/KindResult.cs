using Bench.Requests;

namespace Bench.Measuring;

/// <summary>What was measured of one kind of request in a directory of one size.</summary>
/// <param name="Kind">The name of the kind.</param>
/// <param name="Users">How many users the directory had.</param>
/// <param name="Pairs">The runs.</param>
internal sealed record KindResult(string Kind, int Users, IReadOnlyList<Pair> Pairs)
{
    /// <summary>A figure of the runs on the server.</summary>
    public Spread? OfServer(Func<Sample, double?> figure) => Spread.Of(Pairs.Select(p => figure(p.Server)));

    /// <summary>A figure of the runs on the bare endpoint.</summary>
    public Spread? OfBare(Func<Sample, double?> figure) => Spread.Of(Pairs.Select(p => figure(p.Bare)));

    /// <summary>A figure of the pairs.</summary>
    public Spread? OfPairs(Func<Pair, double?> figure) => Spread.Of(Pairs.Select(figure));

    /// <summary>The kind itself.</summary>
    public RequestKind Definition() => RequestKinds.Of(Kind);
}
