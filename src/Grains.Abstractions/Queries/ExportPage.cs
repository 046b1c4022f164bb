using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;

namespace Grains.Abstractions.Queries;

/// <summary>A part of all resources of a type, in the order of their index.</summary>
[GenerateSerializer, Immutable, Alias("muster.ExportPage")]
public sealed record ExportPage
{
    [Id(0)]
    public required ExportedResource[] Resources { get; init; }

    /// <summary>Where the next part begins, or null after the last.</summary>
    [Id(1)]
    public IndexPosition? Next { get; init; }
}
