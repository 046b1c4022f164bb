namespace Api.OAuth;

/// <summary>Why an assertion was refused. It is told to the log, never to the client.</summary>
internal enum AssertionFault
{
    None,

    /// <summary>There is no such client, or nobody is named whose assertions it comes in by.</summary>
    NoFederation,

    /// <summary>It is no signed JWT, or too long, or has header fields that must be understood and are not.</summary>
    Malformed,

    /// <summary>Its <c>alg</c> is none of those that are taken.</summary>
    Algorithm,

    Issuer,
    Subject,
    Audience,

    /// <summary>Its <c>tid</c>.</summary>
    Tenant,

    /// <summary>Its <c>exp</c> is lacking or past.</summary>
    Expired,

    /// <summary>Its <c>nbf</c> is yet to come.</summary>
    NotYetValid,

    /// <summary>Its <c>exp</c> is further away than an assertion may live.</summary>
    TooLongLived,

    /// <summary>It names no key, or one that its issuer does not have.</summary>
    UnknownKey,

    /// <summary>Its key is not known, and the issuer's keys cannot be had.</summary>
    KeysUnavailable,

    Signature,

    /// <summary>It was taken before, or what it was judged by has changed meanwhile.</summary>
    Replayed,

    /// <summary>More assertions stand than are remembered.</summary>
    TooMany,
}
