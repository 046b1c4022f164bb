namespace Api.Admin;

/// <summary>How the connection of a directory's identity provider does.</summary>
/// <param name="State"><c>neverConnected</c>, <c>connected</c>, <c>failing</c> or <c>silent</c>.</param>
/// <param name="Reason">Why it is taken to be failing or silent.</param>
/// <param name="Client"><c>entra</c>, <c>okta</c>, <c>other</c>, or nothing before the first request.</param>
/// <param name="UserAgent">What the client calls itself.</param>
/// <param name="PatchDialect">In which of Entra's two dialects its last PATCH was: <c>default</c>, <c>flagged</c> (<c>aadOptscim062020</c>); <c>standard</c> for lower-case operations.</param>
/// <param name="LastRequest">When a request last came whose credential was good.</param>
/// <param name="LastSuccess">When one last succeeded.</param>
/// <param name="LastFailure">The last request that failed.</param>
/// <param name="LastTest">The last Test Connection.</param>
/// <param name="LastCredentialId">The id of the credential that was used last.</param>
/// <param name="InvalidCredentials">When a credential was last refused that this platform never made. Anybody can send one.</param>
/// <param name="Requests">How many requests came whose credential was good, ever.</param>
/// <param name="DroppedEntries">How many entries the log lacks, as a server had no room for them or storage did not take them.</param>
/// <param name="Quarantine">How near Entra is to putting the job in quarantine.</param>
public sealed record Connection(
    string State,
    string? Reason,
    string? Client,
    string? UserAgent,
    string? PatchDialect,
    DateTimeOffset? LastRequest,
    DateTimeOffset? LastSuccess,
    RequestItem? LastFailure,
    RequestItem? LastTest,
    string? LastCredentialId,
    DateTimeOffset? InvalidCredentials,
    long Requests,
    long DroppedEntries,
    QuarantineMeter Quarantine);
