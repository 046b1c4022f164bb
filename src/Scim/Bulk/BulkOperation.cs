using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Schemas;

namespace Scim.Bulk;

/// <summary>One operation of a bulk request (RFC 7644 §3.7). What is wrong with it is kept in <see cref="Error"/>: the others go on.</summary>
public sealed record BulkOperation
{
    /// <summary>The method as it came in, for the answer.</summary>
    public string? MethodText { get; init; }

    /// <summary>The name by which other operations refer to what a POST makes, and by which the answer names the operation.</summary>
    public string? BulkId { get; init; }

    public BulkMethod Method { get; init; }

    /// <summary>The type of the resource; null only with an <see cref="Error"/>.</summary>
    public ResourceType? Type { get; init; }

    /// <summary>The <c>id</c> in the path; null of a POST, and where <see cref="TargetBulkId"/> stands in its place.</summary>
    public string? TargetId { get; init; }

    /// <summary>The <c>bulkId</c> in the path (<c>/Groups/bulkId:qwerty</c>), or null.</summary>
    public string? TargetBulkId { get; init; }

    /// <summary>The entity tag that the resource must have, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The body; null of a DELETE.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Why the operation cannot be done, or null.</summary>
    public ScimError? Error { get; init; }
}
