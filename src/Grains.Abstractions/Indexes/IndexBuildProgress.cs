namespace Grains.Abstractions.Indexes;

/// <summary>How far the building of indexes has come.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexBuildProgress")]
public sealed record IndexBuildProgress
{
    /// <summary>Every resource up to this one, in the order of the index of all ids, stands in what is being built.</summary>
    [Id(0)]
    public IndexPosition Cursor { get; init; }

    /// <summary>How many resources that were.</summary>
    [Id(1)]
    public long Done { get; init; }

    /// <summary>All are in.</summary>
    [Id(2)]
    public bool Whole { get; init; }
}
