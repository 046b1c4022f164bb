using Scim.Paging;

namespace Scim.Schemas;

/// <summary>What <c>/ServiceProviderConfig</c> says is served (RFC 7643 §5; paging by RFC 9865 §4). An immutable record, used with <c>with</c>.</summary>
public sealed record ServiceProviderOptions
{
    /// <summary>The default of <see cref="BulkMaxOperations"/>.</summary>
    public const int DefaultBulkMaxOperations = 1000;

    /// <summary>The default of <see cref="BulkMaxPayloadSize"/>: 1 MiB.</summary>
    public const int DefaultBulkMaxPayloadSize = 1 << 20;

    /// <summary>A page about the service for people, or null.</summary>
    public string? DocumentationUri { get; init; }

    public bool Patch { get; init; } = true;

    public bool Bulk { get; init; }

    /// <summary>The most operations in one bulk request.</summary>
    public int BulkMaxOperations { get; init; } = DefaultBulkMaxOperations;

    /// <summary>The largest bulk request, in bytes.</summary>
    public int BulkMaxPayloadSize { get; init; } = DefaultBulkMaxPayloadSize;

    public bool Filter { get; init; } = true;

    public bool ChangePassword { get; init; }

    public bool Sort { get; init; }

    public bool ETag { get; init; } = true;

    /// <summary>Whether cursor paging (RFC 9865) is served; index paging always is, and is the default.</summary>
    public bool CursorPagination { get; init; }

    /// <summary>For how many seconds a cursor is good; null says nothing of it.</summary>
    public int? CursorTimeout { get; init; }

    /// <summary>The size of a page; its maximum is also <c>filter.maxResults</c>.</summary>
    public ListLimits Lists { get; init; } = ListLimits.Default;

    public IReadOnlyList<AuthenticationScheme> AuthenticationSchemes { get; init; } = [AuthenticationScheme.OAuthBearerToken];
}
