namespace Grains.Abstractions.Users;

/// <summary>That an admin has invited a user. SCIM neither reads nor writes it.</summary>
[GenerateSerializer, Immutable, Alias("muster.Invitation")]
public sealed record Invitation
{
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did: the name of the admin key, or whatever was known of who held it; null where nothing was.</summary>
    [Id(1)]
    public string? By { get; init; }
}
