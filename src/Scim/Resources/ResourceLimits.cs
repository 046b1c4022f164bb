namespace Scim.Resources;

/// <summary>How large a resource may be. What exceeds a limit is refused with a text that names it.</summary>
public sealed record ResourceLimits
{
    /// <summary>The default of <see cref="MaxValues"/>: no profile has a thousand e-mail addresses.</summary>
    public const int DefaultMaxValues = 1_000;

    /// <summary>The default of <see cref="MaxMembers"/>. Larger groups are made by several requests.</summary>
    public const int DefaultMaxMembers = 100_000;

    /// <summary>The default of <see cref="MaxTextLength"/>: room for a certificate or a small picture.</summary>
    public const int DefaultMaxTextLength = 65_536;

    /// <summary>The default of <see cref="MaxKeyLength"/>: what an index holds of one value must stay small.</summary>
    public const int DefaultMaxKeyLength = 1_024;

    public static ResourceLimits Default { get; } = new();

    /// <summary>How many objects and arrays may stand in one another.</summary>
    public int MaxDepth { get; init; } = JsonBody.DefaultMaxDepth;

    /// <summary>The most values of a multi-valued attribute other than a group's members.</summary>
    public int MaxValues { get; init; } = DefaultMaxValues;

    /// <summary>The most members of a group in one request.</summary>
    public int MaxMembers { get; init; } = DefaultMaxMembers;

    /// <summary>The longest text, in UTF-16 code units.</summary>
    public int MaxTextLength { get; init; } = DefaultMaxTextLength;

    /// <summary>The longest text of an attribute that resources are found by: <c>externalId</c>, and what is required or unique. In UTF-16 code units.</summary>
    public int MaxKeyLength { get; init; } = DefaultMaxKeyLength;
}
