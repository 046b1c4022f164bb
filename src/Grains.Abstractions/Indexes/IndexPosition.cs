namespace Grains.Abstractions.Indexes;

/// <summary>A place in the listing order of an index: after this entry comes the next. The default value is the beginning.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexPosition")]
public readonly record struct IndexPosition
{
    /// <summary>The bit-reversed hash.</summary>
    [Id(0)]
    public ulong Order { get; init; }

    /// <summary>The last value given with that hash, or null if none was given yet.</summary>
    [Id(1)]
    public string? Value { get; init; }
}
