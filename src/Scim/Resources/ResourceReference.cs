namespace Scim.Resources;

/// <summary>A group that a user belongs to (RFC 7643 §4.1.2, <c>groups</c>).</summary>
/// <param name="Value">The id of the group.</param>
/// <param name="Display">Its name, or null to leave it out.</param>
public sealed record ResourceReference(string Value, string? Display = null);
