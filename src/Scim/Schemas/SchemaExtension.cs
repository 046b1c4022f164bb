namespace Scim.Schemas;

/// <summary>An extension schema of a resource type (RFC 7643 §6, <c>schemaExtensions</c>).</summary>
/// <param name="Schema">The extension.</param>
/// <param name="Required">Whether each resource of the type must have it.</param>
public sealed record SchemaExtension(Schema Schema, bool Required);
