namespace Scim.Filters;

/// <summary>How much of a filter is looked at before it is refused (400 <c>invalidFilter</c>, with the limit in the text).</summary>
public sealed record FilterLimits
{
    /// <summary>Default of <see cref="MaxLength"/>: what common servers take as a URL.</summary>
    public const int DefaultMaxLength = 8192;

    /// <summary>Default of <see cref="MaxDepth"/>.</summary>
    public const int DefaultMaxDepth = 32;

    /// <summary>Default of <see cref="MaxTerms"/>.</summary>
    public const int DefaultMaxTerms = 100;

    public static FilterLimits Default { get; } = new();

    /// <summary>The longest filter, in UTF-16 code units.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>How many parentheses and brackets may stand in one another.</summary>
    public int MaxDepth { get; init; } = DefaultMaxDepth;

    /// <summary>How many comparisons and <c>pr</c> a filter may have. Evaluation recurses once for each, so thousands are too many.</summary>
    public int MaxTerms { get; init; } = DefaultMaxTerms;
}
