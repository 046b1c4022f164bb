using Grains.Abstractions;
using Scim.Errors;

namespace Grains.Resources;

/// <summary>Turns protocol faults into what crosses a grain call.</summary>
internal static class ResourceErrors
{
    /// <summary>The answer to a change whose <c>If-Match</c> names no present version (RFC 7644 §3.14).</summary>
    public static GrainError PreconditionFailed(long version) =>
        new() { Status = 412, Detail = $"The resource has version W/\"{version}\", which If-Match does not name." };

    /// <summary>The wire form of a fault.</summary>
    public static GrainError ToGrainError(this ScimError error) =>
        new() { Status = error.Status, ScimType = error.ScimType, Detail = error.Detail };
}
