using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Filters;

/// <summary>
/// Makes the test of one simple value against a literal, by the attribute's type (RFC 7644 §3.4.2.2, Table 3; RFC 7643 §2.3).
/// The test takes null for a value that is not there, which is <c>ne</c> to everything and satisfies nothing else.
/// </summary>
internal static class ValueTest
{
    /// <summary>Makes the test, or says why the attribute cannot be compared so.</summary>
    public static Func<JsonNode?, bool>? Make(
        AttributeDefinition attribute, ComparisonOperator comparison, FilterLiteral literal, string path, Dialect dialect, out ScimError? error)
    {
        error = null;
        Func<JsonNode?, bool>? test = attribute.Type switch
        {
            AttributeType.Boolean => MakeBoolean(comparison, literal, dialect),
            AttributeType.Integer or AttributeType.Decimal => MakeNumber(comparison, literal, dialect),
            AttributeType.DateTime => MakeDateTime(comparison, literal),
            AttributeType.Binary => comparison.IsOrder() ? null : MakeText(comparison, literal, caseExact: true),
            AttributeType.String or AttributeType.Reference => MakeText(comparison, literal, attribute.CaseExact),
            _ => null,
        };
        if (test is null)
        {
            error = ScimError.InvalidFilter($"'{path}' is {Kind(attribute.Type)} and cannot be compared by '{comparison.Name()}' with {Shown.Text(literal.ToString())}.");
        }

        return test;
    }

    /// <summary>Whether a value is there and not empty (RFC 7644 §3.4.2.2, <c>pr</c>): text, or something within an object or array.</summary>
    public static bool IsPresent(JsonNode? node) => node switch
    {
        null => false,
        JsonArray elements => elements.Any(IsPresent),
        JsonObject members => members.Any(member => IsPresent(member.Value)),
        _ => node.GetValueKind() != JsonValueKind.String || node.GetValue<string>().Length > 0,
    };

    /// <summary>The boolean that a literal stands for: Entra ID quotes them.</summary>
    public static bool? AsBoolean(FilterLiteral literal, Dialect dialect)
    {
        var isBoolean = literal.Kind == FilterLiteralKind.Boolean || (literal.Kind == FilterLiteralKind.Text && dialect != Dialect.Strict);
        return isBoolean && bool.TryParse(literal.Text, out var value) ? value : null;
    }

    /// <summary>RFC 7644 §3.4.2.2: a multi-valued attribute matches if any of its values does.</summary>
    public static bool Any(JsonNode? node, string? sub, Func<JsonNode?, bool> test)
    {
        switch (node)
        {
            case null:
            case JsonArray { Count: 0 }:
                return test(null);
            case JsonArray elements:
                foreach (var element in elements)
                {
                    if (Any(element, sub, test))
                    {
                        return true;
                    }
                }

                return false;
            case JsonObject complex when sub is not null:
                return Any(complex[sub], null, test);
            default:
                return test(sub is null ? node : null);
        }
    }

    /// <summary>Whether a comparison with null makes sense; otherwise sets the fault.</summary>
    public static bool CanBeNull(ComparisonFilter comparison, string path, ref ScimError? error)
    {
        if (comparison.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual)
        {
            return true;
        }

        error ??= ScimError.InvalidFilter($"'{path}' can be compared with null by 'eq' and 'ne' only.");
        return false;
    }

    private static Func<JsonNode?, bool>? MakeBoolean(ComparisonOperator comparison, FilterLiteral literal, Dialect dialect)
    {
        if (comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual) || AsBoolean(literal, dialect) is not { } wanted)
        {
            return null;
        }

        var kind = wanted ? JsonValueKind.True : JsonValueKind.False;
        var equal = comparison == ComparisonOperator.Equal;
        return node => (node is JsonValue && node.GetValueKind() == kind) == equal;
    }

    private static Func<JsonNode?, bool>? MakeNumber(ComparisonOperator comparison, FilterLiteral literal, Dialect dialect)
    {
        var isNumber = literal.Kind == FilterLiteralKind.Number || (literal.Kind == FilterLiteralKind.Text && dialect != Dialect.Strict);
        if (comparison.IsSubstring() || !isNumber || ExactNumber.Parse(literal.Text) is not { } wanted)
        {
            return null;
        }

        var absent = comparison == ComparisonOperator.NotEqual;
        return node => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && ExactNumber.Parse(value) is { } number
            ? comparison.Accepts(number.CompareTo(wanted))
            : absent;
    }

    private static Func<JsonNode?, bool>? MakeDateTime(ComparisonOperator comparison, FilterLiteral literal)
    {
        if (comparison.IsSubstring())
        {
            return MakeText(comparison, literal, caseExact: false);
        }

        if (literal.Kind != FilterLiteralKind.Text || Instant.Parse(literal.Text) is not { } wanted)
        {
            return null;
        }

        var absent = comparison == ComparisonOperator.NotEqual;
        return node => TextOf(node) is { } text && Instant.Parse(text) is { } instant ? comparison.Accepts(instant.CompareTo(wanted)) : absent;
    }

    private static Func<JsonNode?, bool>? MakeText(ComparisonOperator comparison, FilterLiteral literal, bool caseExact)
    {
        if (literal.Kind != FilterLiteralKind.Text)
        {
            return null;
        }

        var wanted = literal.Text;
        var rule = caseExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return comparison switch
        {
            ComparisonOperator.Equal => node => string.Equals(TextOf(node), wanted, rule),
            ComparisonOperator.NotEqual => node => !string.Equals(TextOf(node), wanted, rule),
            ComparisonOperator.Contains => node => TextOf(node)?.Contains(wanted, rule) == true,
            ComparisonOperator.StartsWith => node => TextOf(node)?.StartsWith(wanted, rule) == true,
            ComparisonOperator.EndsWith => node => TextOf(node)?.EndsWith(wanted, rule) == true,
            _ => node => TextOf(node) is { } text && comparison.Accepts(string.Compare(text, wanted, rule)),
        };
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string Kind(AttributeType type) => type switch
    {
        AttributeType.Boolean => "a boolean",
        AttributeType.Integer => "an integer",
        AttributeType.Decimal => "a decimal",
        AttributeType.DateTime => "a dateTime",
        AttributeType.Binary => "binary",
        AttributeType.Reference => "a reference",
        AttributeType.Complex => "complex",
        _ => "a string",
    };
}
