namespace Grains.Abstractions.Requests;

/// <summary>One request in a request log, masked: it holds no secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.LoggedRequest")]
public sealed record LoggedRequest
{
    /// <summary>Its number in the log, which is its id; given by the log.</summary>
    [Id(0)]
    public long Sequence { get; init; }

    /// <summary>When it came, in Unix milliseconds.</summary>
    [Id(1)]
    public required long At { get; init; }

    [Id(2)]
    public required RequestOutcome Outcome { get; init; }

    /// <summary>The HTTP status; 0 where the client had gone before one was sent.</summary>
    [Id(3)]
    public int Status { get; init; }

    [Id(4)]
    public string? Method { get; init; }

    [Id(5)]
    public string? Path { get; init; }

    /// <summary>With its question mark.</summary>
    [Id(6)]
    public string? Query { get; init; }

    /// <summary>The name of the resource's type, or null where the address is of none.</summary>
    [Id(7)]
    public string? ResourceType { get; init; }

    /// <summary>The <c>id</c> that was asked for, or that was made.</summary>
    [Id(8)]
    public string? ResourceId { get; init; }

    [Id(9)]
    public string? ScimType { get; init; }

    [Id(10)]
    public string? Detail { get; init; }

    /// <summary>From its arrival until its answer was ready to send, in microseconds.</summary>
    [Id(11)]
    public long DurationMicroseconds { get; init; }

    /// <summary>The client's address.</summary>
    [Id(12)]
    public string? Address { get; init; }

    [Id(13)]
    public string? UserAgent { get; init; }

    [Id(14)]
    public string? CorrelationId { get; init; }

    /// <summary>The id of the credential, where it was good.</summary>
    [Id(15)]
    public string? CredentialId { get; init; }

    /// <summary>The credential's last four characters, where it is one that this platform made.</summary>
    [Id(16)]
    public string? CredentialLastFour { get; init; }

    /// <summary>The length of the request's body; null where it was not said beforehand.</summary>
    [Id(17)]
    public long? RequestBytes { get; init; }

    /// <summary>The length of the answer's body; null where it was not said beforehand.</summary>
    [Id(18)]
    public long? ResponseBytes { get; init; }

    /// <summary>The request's body as UTF-8 JSON, masked; null where it is not kept.</summary>
    [Id(19)]
    public byte[]? RequestBody { get; init; }

    /// <summary>More of the request's body came than is kept.</summary>
    [Id(20)]
    public bool RequestBodyCut { get; init; }

    /// <summary>The answer's body as UTF-8 JSON, masked; null where it is not kept.</summary>
    [Id(21)]
    public byte[]? ResponseBody { get; init; }

    /// <summary>More of the answer's body was sent than is kept.</summary>
    [Id(22)]
    public bool ResponseBodyCut { get; init; }

    /// <summary>Of <see cref="RequestOutcome.Dropped"/>: how many entries are missing.</summary>
    [Id(23)]
    public long Dropped { get; init; }

    /// <summary>Of <see cref="RequestOutcome.Dropped"/>: how many of those were failures.</summary>
    [Id(24)]
    public long DroppedFailures { get; init; }

    [Id(25)]
    public IdentityClient Client { get; init; }

    [Id(26)]
    public PatchStyle PatchStyle { get; init; }

    /// <summary>It is Entra's Test Connection: a look-up of a name that is a random GUID.</summary>
    [Id(27)]
    public bool IsTest { get; init; }

    /// <summary>Below the Tenant URL there is no such address.</summary>
    [Id(28)]
    public bool IsAddressUnknown { get; init; }

    [Id(29)]
    public int UsersMade { get; init; }

    [Id(30)]
    public int GroupsMade { get; init; }

    /// <summary>How many members it put into groups, as the request says.</summary>
    [Id(31)]
    public int MembersAdded { get; init; }
}
