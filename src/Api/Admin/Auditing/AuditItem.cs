namespace Api.Admin.Auditing;

/// <summary>One change by an admin.</summary>
/// <param name="Sequence">Its place in the record.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Actor">Who: the id of an admin key, <c>configured</c> for that of the settings, or <c>setup-link:…</c>.</param>
/// <param name="ActorName">What people call the key.</param>
/// <param name="Scope"><c>platform</c>, <c>tenant:…</c>, or <c>directory:…</c> of a setup link.</param>
/// <param name="Address">The address that the request came from.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The pattern of the endpoint.</param>
/// <param name="Targets">What it was done to, each as kind and id: <c>directory:…</c>.</param>
/// <param name="Outcome">
/// <c>done</c>; <c>refused</c>, and nothing was changed; <c>unconfirmed</c>: answered 503, and it may have been done; <c>begun</c>: it is
/// under way, or the process ended before the outcome was known.
/// </param>
/// <param name="Status">The HTTP status that it was answered with.</param>
/// <param name="Ended">When its outcome was known.</param>
/// <param name="Changes">What is another than it was.</param>
/// <param name="CorrelationId">The id by which the request is found in logs and traces; a problem's <c>traceId</c>.</param>
public sealed record AuditItem(
    long Sequence,
    DateTimeOffset At,
    string Actor,
    string ActorName,
    string Scope,
    string? Address,
    string Method,
    string Route,
    IReadOnlyList<string> Targets,
    string Outcome,
    int? Status,
    DateTimeOffset? Ended,
    IReadOnlyList<AuditItemChange> Changes,
    string? CorrelationId);
