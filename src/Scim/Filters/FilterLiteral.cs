using System.Text.Json.Nodes;

namespace Scim.Filters;

/// <summary>What an attribute is compared with (RFC 7644 §3.4.2.2, <c>compValue</c>).</summary>
/// <param name="Kind">Which kind of JSON value it is.</param>
/// <param name="Text">A string's characters, unescaped; a number as written; <c>true</c>, <c>false</c> or <c>null</c>.</param>
public sealed record FilterLiteral(FilterLiteralKind Kind, string Text)
{
    public static FilterLiteral Null { get; } = new(FilterLiteralKind.Null, "null");

    public static FilterLiteral True { get; } = new(FilterLiteralKind.Boolean, "true");

    public static FilterLiteral False { get; } = new(FilterLiteralKind.Boolean, "false");

    public static FilterLiteral String(string text) => new(FilterLiteralKind.Text, text);

    /// <summary>The literal as a JSON value; a number keeps its text.</summary>
    internal JsonNode? ToJson() => Kind switch
    {
        FilterLiteralKind.Text => JsonValue.Create(Text),
        FilterLiteralKind.Boolean => JsonValue.Create(Text == True.Text),
        FilterLiteralKind.Number => JsonNode.Parse(Text),
        _ => null,
    };

    /// <summary>The literal as it stands in a filter: a string quoted and escaped.</summary>
    public override string ToString() => FilterPrinter.Print(this);
}
