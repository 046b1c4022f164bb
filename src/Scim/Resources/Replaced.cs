using System.Text.Json.Nodes;

namespace Scim.Resources;

/// <summary>A resource after a PUT or a PATCH (RFC 7644 §3.5).</summary>
/// <param name="Resource">The resource as it now stands, normalised. Where nothing changed, the one that was there.</param>
/// <param name="Changed">Whether anything differs from before; what changed nothing is not written and keeps its version.</param>
public sealed record Replaced(JsonObject Resource, bool Changed);
