namespace Grains.Resources;

/// <summary>Work left for later: a value that the resource no longer stands under (PROTOCOL R8).</summary>
[GenerateSerializer, Immutable, Alias("muster.WorkItem")]
public sealed record WorkItem
{
    [Id(0)]
    public string Index { get; init; } = "";

    [Id(1)]
    public string Value { get; init; } = "";
}
