namespace Grains.Directories;

/// <summary>When a key, a secret or a federation last let somebody in.</summary>
[GenerateSerializer, Immutable, Alias("muster.LastUse")]
public sealed record LastUse
{
    [Id(0)]
    public string Id { get; init; } = "";

    [Id(1)]
    public DateTimeOffset At { get; init; }
}
