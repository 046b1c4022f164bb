namespace Grains.Directories;

/// <summary>An assertion that was taken, and must not be again.</summary>
[GenerateSerializer, Immutable, Alias("muster.TakenAssertion")]
public sealed record TakenAssertion
{
    /// <summary>By what it is known again, 16 bytes.</summary>
    [Id(0)]
    public byte[] Mark { get => field ?? []; init; } = [];

    /// <summary>Until when it could be taken again, in seconds of Unix time.</summary>
    [Id(1)]
    public long Until { get; init; }
}
