using Scim.Errors;

namespace Scim.Bulk;

/// <summary>What came of an operation (RFC 7644 §3.7.3).</summary>
/// <param name="Status">The HTTP status that the operation would have had by itself.</param>
/// <param name="Location">The address of the resource; null only of a POST that made none.</param>
/// <param name="Version">The entity tag of the resource afterwards, or null.</param>
/// <param name="Error">Why it failed, or null.</param>
public sealed record BulkResult(int Status, string? Location = null, string? Version = null, ScimError? Error = null);
