namespace Api.Admin.Auditing;

/// <summary>A setting that is another than it was.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Old">What it was, or null for nothing.</param>
/// <param name="New">What it is, or null for nothing.</param>
public sealed record AuditItemChange(string Name, string? Old, string? New);
