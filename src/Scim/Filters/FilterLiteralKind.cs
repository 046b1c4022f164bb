namespace Scim.Filters;

/// <summary>The kinds of <c>compValue</c> (RFC 7644 §3.4.2.2, Figure 1).</summary>
public enum FilterLiteralKind
{
    Text,
    Number,
    Boolean,
    Null,
}
