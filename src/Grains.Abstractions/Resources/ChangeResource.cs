namespace Grains.Abstractions.Resources;

/// <summary>A change of a resource.</summary>
[GenerateSerializer, Immutable, Alias("muster.ChangeResource")]
public sealed record ChangeResource
{
    /// <summary>A PATCH request as it came in, or the validated and normalised attributes of a PUT, as UTF-8 JSON.</summary>
    [Id(0)]
    public byte[] Body { get; init; } = [];

    /// <summary>The versions of <c>If-Match</c>; null where the header was not sent or is <c>*</c>.</summary>
    [Id(1)]
    public long[]? IfMatch { get; init; }
}
