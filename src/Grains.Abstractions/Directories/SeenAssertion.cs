namespace Grains.Abstractions.Directories;

/// <summary>An assertion that was found good, to be taken once.</summary>
[GenerateSerializer, Immutable, Alias("muster.SeenAssertion")]
public sealed record SeenAssertion
{
    /// <summary>The <see cref="ClientFederation.Id"/> by which it was found good.</summary>
    [Id(0)]
    public required string Federation { get; init; }

    /// <summary>By what it is known again: a hash of its <c>jti</c>, or of itself, 16 bytes.</summary>
    [Id(1)]
    public required byte[] Mark { get; init; }

    /// <summary>Until when it could be taken again.</summary>
    [Id(2)]
    public required DateTimeOffset Until { get; init; }
}
