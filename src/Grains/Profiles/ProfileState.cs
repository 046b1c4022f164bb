using Grains.Storage;

namespace Grains.Profiles;

/// <summary>The row of a profile.</summary>
[GenerateSerializer, Immutable, Alias("muster.ProfileState")]
public sealed record ProfileState : IRowState<ProfileState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The profile as JSON; null where it was removed.</summary>
    [Id(2)]
    public string? Definition { get; init; }

    /// <inheritdoc />
    public ProfileState WithWriteId(string writeId) => this with { WriteId = writeId };
}
