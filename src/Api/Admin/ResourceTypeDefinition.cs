using System.Text.Json;

namespace Api.Admin;

/// <summary>A resource type of a directory's own (RFC 7643 §6).</summary>
/// <param name="Name">Its name, as in the address; a letter, then letters and digits.</param>
/// <param name="Endpoint">Where it is served below the base address, with its slash: <c>/Devices</c>.</param>
/// <param name="Description">What it is, in words.</param>
/// <param name="Schema">Its core schema as RFC 7643 §7 has it: <c>id</c>, <c>name</c>, <c>description</c>, <c>attributes</c>.</param>
public sealed record ResourceTypeDefinition(string? Name, string? Endpoint, string? Description, JsonElement Schema);
