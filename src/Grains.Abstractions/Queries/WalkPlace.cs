using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Queries;

/// <summary>A page of a walk through a list, and where the next one begins. The client says no more of it than a <c>startIndex</c>.</summary>
[GenerateSerializer, Immutable, Alias("muster.WalkPlace")]
public sealed record WalkPlace
{
    /// <summary>The name of the type that is listed.</summary>
    [Id(0)]
    public string ResourceType { get; init; } = "";

    /// <summary>The <c>startIndex</c> of the page.</summary>
    [Id(1)]
    public int StartIndex { get; init; }

    /// <summary>Behind which entry of the index the page begins.</summary>
    [Id(2)]
    public IndexPosition Position { get; init; }

    /// <summary>The <c>startIndex</c> of the next page.</summary>
    [Id(3)]
    public int NextIndex { get; init; }

    /// <summary>Behind which entry of the index the next page begins.</summary>
    [Id(4)]
    public IndexPosition NextPosition { get; init; }

    /// <summary>The total that the walk has been told.</summary>
    [Id(5)]
    public long Total { get; init; }

    /// <summary>When the page was asked for, in Unix milliseconds.</summary>
    [Id(6)]
    public long At { get; init; }
}
