namespace Grains.Abstractions.Resources;

/// <summary>A resource to make.</summary>
[GenerateSerializer, Immutable, Alias("muster.CreateResource")]
public sealed record CreateResource
{
    /// <summary>The attributes, validated and normalised, as UTF-8 JSON.</summary>
    [Id(0)]
    public required byte[] Attributes { get; init; }

    /// <summary>With an <c>Idempotency-Key</c>: a digest of the body, by which a retry is told from another request.</summary>
    [Id(1)]
    public string? Digest { get; init; }
}
