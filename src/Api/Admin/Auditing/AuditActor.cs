namespace Api.Admin.Auditing;

/// <summary>Who makes a change.</summary>
/// <param name="Id">The id of the admin key, <c>configured</c>, or <c>setup-link:…</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scope"><c>platform</c>, <c>tenant:…</c> or <c>directory:…</c>.</param>
internal sealed record AuditActor(string Id, string Name, string Scope);
