namespace Grains.Abstractions.Requests;

/// <summary>What a directory's request log keeps; what is null goes by the server's settings.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestLogSettings")]
public sealed record RequestLogSettings
{
    /// <summary>Whether requests are logged. Connection state and progress are kept in any case.</summary>
    [Id(0)]
    public bool? On { get; init; }

    [Id(1)]
    public RequestBodies? Bodies { get; init; }

    /// <summary>Attributes whose values are not kept, as paths (<c>phoneNumbers</c>, <c>name.familyName</c>). Secrets never are.</summary>
    [Id(2)]
    public string[]? Masked { get; init; }

    /// <summary>For how many days entries are kept.</summary>
    [Id(3)]
    public int? RetentionDays { get; init; }
}
