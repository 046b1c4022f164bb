namespace Conformance.Cases;

/// <summary>How binding a case is: by RFC 2119, or because an identity provider counts on it.</summary>
internal enum Level
{
    Must,
    Should,
    May,

    /// <summary>Beyond the RFCs: what Entra ID, Okta or their validators expect.</summary>
    Provider,
}
