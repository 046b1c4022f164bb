using Grains.Abstractions;
using Scim.Errors;

namespace Grains.Resources;

/// <summary>Turns protocol faults into what crosses a grain call.</summary>
internal static class ResourceErrors
{
    /// <summary>The answer to a change whose <c>If-Match</c> names no present version (RFC 7644 §3.14).</summary>
    public static GrainError PreconditionFailed(long version) =>
        new() { Status = 412, Detail = $"The resource has version W/\"{version}\", which If-Match does not name." };

    /// <summary>
    /// The largest resource, in bytes as it is stored. A row of table storage holds 960 KiB; the rest is for what the row lists besides:
    /// groups, changes under way, work.
    /// </summary>
    public const int MaxBytes = 256 << 10;

    /// <summary>The answer to a resource that would not fit into its row; null where it does.</summary>
    public static GrainError? TooLarge(ReadOnlySpan<byte> attributes) => attributes.Length <= MaxBytes
        ? null
        : new() { Status = 413, Detail = $"The resource would have {attributes.Length} bytes; it may have {MaxBytes} at the most." };

    /// <summary>
    /// The answer to a create where the directory has as many as it may have. 507 (RFC 4918 §11.5) and not 403: identity providers take
    /// that for a token that is no longer good, and stop for everyone.
    /// </summary>
    public static GrainError Full(string resourceType, long most) =>
        new() { Status = 507, Detail = $"The directory may have {most} resources of the type {resourceType}, and has as many. Delete some, or ask the vendor for more." };

    /// <summary>The wire form of a fault.</summary>
    public static GrainError ToGrainError(this ScimError error) =>
        new() { Status = error.Status, ScimType = error.ScimType, Detail = error.Detail };
}
