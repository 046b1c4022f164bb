namespace Grains.Abstractions.Requests;

/// <summary>What came of a logged request.</summary>
[GenerateSerializer, Alias("muster.RequestOutcome")]
public enum RequestOutcome
{
    /// <summary>1xx to 3xx.</summary>
    Succeeded,

    /// <summary>4xx, of a request whose credential was good.</summary>
    Refused,

    /// <summary>5xx, or no answer as the client had gone.</summary>
    Failed,

    /// <summary>Its credential did not open the directory: 401, mostly.</summary>
    Unauthenticated,

    /// <summary>No request: so many entries are missing here (<see cref="LoggedRequest.Dropped"/>).</summary>
    Dropped,
}
