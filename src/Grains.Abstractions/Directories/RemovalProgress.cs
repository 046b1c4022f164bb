namespace Grains.Abstractions.Directories;

/// <summary>How far the removal of a directory has come.</summary>
[GenerateSerializer, Immutable, Alias("muster.RemovalProgress")]
public sealed record RemovalProgress
{
    [Id(0)]
    public required DateTimeOffset Started { get; init; }

    /// <summary>Resources cleared by the present activation.</summary>
    [Id(1)]
    public required long Cleared { get; init; }
}
