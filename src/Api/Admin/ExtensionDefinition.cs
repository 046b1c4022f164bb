using System.Text.Json;

namespace Api.Admin;

/// <summary>A schema extension of a directory (RFC 7643 §3.3).</summary>
/// <param name="ResourceType">What it extends: <c>User</c>, <c>Group</c> or one of the directory's own resource types.</param>
/// <param name="Schema">The schema as RFC 7643 §7 has it: <c>id</c>, <c>name</c>, <c>description</c>, <c>attributes</c>.</param>
/// <param name="Required">Whether each resource that is made or replaced must have it.</param>
public sealed record ExtensionDefinition(string? ResourceType, JsonElement Schema, bool Required = false);
