using Scim.Resources;
using Scim.Schemas;

namespace Scim.Bulk;

/// <summary>How much one bulk request may ask for (RFC 7644 §3.7.4).</summary>
/// <param name="MaxOperations">The most operations; more is 413.</param>
/// <param name="MaxDepth">How deep objects and arrays may nest, the request's own levels included.</param>
public sealed record BulkLimits(int MaxOperations = ServiceProviderOptions.DefaultBulkMaxOperations, int MaxDepth = JsonBody.DefaultMaxDepth + BulkLimits.OwnLevels)
{
    /// <summary>The request, its list and an operation stand around each resource.</summary>
    private const int OwnLevels = 3;
}
