namespace Scim.Paging;

/// <summary>How many resources one answer lists.</summary>
/// <param name="DefaultCount">When the request has no <c>count</c>.</param>
/// <param name="MaxCount">At most; a greater <c>count</c> is cut to it, as RFC 7644 §3.4.2.4 allows.</param>
public sealed record ListLimits(int DefaultCount = ListLimits.StandardDefaultCount, int MaxCount = ListLimits.StandardMaxCount)
{
    /// <summary>A page that stays well below a megabyte, and what Okta asks for.</summary>
    public const int StandardDefaultCount = 100;

    /// <summary>Large enough that a directory of 250,000 is walked in 250 requests.</summary>
    public const int StandardMaxCount = 1000;

    public static ListLimits Default { get; } = new();
}
