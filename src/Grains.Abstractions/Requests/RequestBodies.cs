namespace Grains.Abstractions.Requests;

/// <summary>Which bodies a directory's request log keeps, masked.</summary>
[GenerateSerializer, Alias("muster.RequestBodies")]
public enum RequestBodies
{
    /// <summary>None: what was asked and how it was answered, without contents.</summary>
    None,

    /// <summary>Those of requests, and those of answers that refuse.</summary>
    Requests,

    /// <summary>Those of all requests and answers.</summary>
    All,
}
