namespace Grains.Abstractions.Requests;

/// <summary>Which requests of a log are asked for; what is null is not asked.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestQuery")]
public sealed record RequestQuery
{
    /// <summary>Not earlier than this, in Unix milliseconds.</summary>
    [Id(0)]
    public long? From { get; init; }

    /// <summary>Earlier than this, in Unix milliseconds.</summary>
    [Id(1)]
    public long? To { get; init; }

    [Id(2)]
    public int? LeastStatus { get; init; }

    [Id(3)]
    public int? MostStatus { get; init; }

    [Id(4)]
    public string? Method { get; init; }

    [Id(5)]
    public string? ResourceType { get; init; }

    [Id(6)]
    public string? ResourceId { get; init; }

    [Id(7)]
    public string? CorrelationId { get; init; }

    [Id(8)]
    public RequestOutcome? Outcome { get; init; }

    /// <summary>Those before this number in the log; null for the newest.</summary>
    [Id(9)]
    public long? Before { get; init; }

    [Id(10)]
    public required int Count { get; init; }

    /// <summary>Whether a request is asked for.</summary>
    public bool Matches(LoggedRequest request) =>
        !(request.At < From)
        && !(request.At >= To)
        && !(request.Sequence >= Before)
        && !(request.Status < LeastStatus)
        && !(request.Status > MostStatus)
        && (Outcome is null || request.Outcome == Outcome)
        && Same(Method, request.Method)
        && Same(ResourceType, request.ResourceType)
        && Same(ResourceId, request.ResourceId)
        && (CorrelationId is null || CorrelationId == request.CorrelationId);

    private static bool Same(string? asked, string? value) => asked is null || string.Equals(asked, value, StringComparison.OrdinalIgnoreCase);
}
