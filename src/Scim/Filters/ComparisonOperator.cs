namespace Scim.Filters;

/// <summary>The operators that compare an attribute with a literal (RFC 7644 §3.4.2.2, Table 3).</summary>
public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
}
