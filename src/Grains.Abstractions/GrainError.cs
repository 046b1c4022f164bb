namespace Grains.Abstractions;

/// <summary>Why a grain did not do what it was asked: the wire form of a SCIM error.</summary>
[GenerateSerializer, Immutable, Alias("muster.GrainError")]
public sealed record GrainError
{
    /// <summary>The HTTP status that the front answers with.</summary>
    [Id(0)]
    public required int Status { get; init; }

    /// <summary>The keyword of RFC 7644 §3.12, or null.</summary>
    [Id(1)]
    public string? ScimType { get; init; }

    /// <summary>What was wrong, for people.</summary>
    [Id(2)]
    public required string Detail { get; init; }

    /// <summary>The outcome is unknown or the grain is recovering: nothing was acknowledged, and a retry is in order.</summary>
    public static GrainError Retry { get; } = new() { Status = 503, Detail = "Storage did not confirm the change. Nothing was acknowledged; try again." };

    /// <summary>The resource does not exist, or no longer.</summary>
    public static GrainError NotFound(string type, string id) => new() { Status = 404, Detail = $"{type} {id} not found." };
}
