namespace Scim.Resources;

/// <summary>What a resource's <c>id</c> and <c>meta</c> are rendered from (RFC 7643 §3.1).</summary>
/// <param name="Id">The identifier.</param>
/// <param name="Created">When it was made.</param>
/// <param name="LastModified">When it last changed.</param>
/// <param name="Version">Counts its changes; rendered as a weak entity-tag, <c>W/"3"</c>.</param>
public sealed record ResourceMeta(string Id, DateTimeOffset Created, DateTimeOffset LastModified, long Version);
