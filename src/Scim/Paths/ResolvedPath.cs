using Scim.Schemas;

namespace Scim.Paths;

/// <summary>What an <see cref="AttributePath"/> names within a resource type (RFC 7644 §3.10).</summary>
/// <param name="Attribute">The attribute, or null where the path is an extension's URN: the whole extension.</param>
/// <param name="SubAttribute">The sub-attribute, or null.</param>
/// <param name="Extension">The extension below whose URN the attribute stands in a resource; null for core and common attributes.</param>
/// <param name="Canonical">The path in the spelling of the schemas, prefixed by the URN of an extension.</param>
public sealed record ResolvedPath(AttributeDefinition? Attribute, AttributeDefinition? SubAttribute, Schema? Extension, string Canonical);
