using System.Text.Json.Nodes;
using Scim.Filters;

namespace Scim.Tests.Filters;

/// <summary>What a filter of <see cref="FilterGenerator"/> means, written down once more as plainly as can be: the values of a path, and then any.</summary>
internal static class NaiveEvaluator
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    public static bool Matches(Filter filter, JsonObject resource) => filter switch
    {
        AndFilter and => Matches(and.Left, resource) & Matches(and.Right, resource),
        OrFilter or => Matches(or.Left, resource) | Matches(or.Right, resource),
        NotFilter not => !Matches(not.Operand, resource),
        PresentFilter present => IsPresent(Values(present.Path.ToString(), resource)),
        ComparisonFilter comparison => Compare(comparison, resource),
        ValuePathFilter path => (resource[path.Path.ToString()] as JsonArray)?.Any(element => Matches(path.ValueFilter, (JsonObject)element!)) ?? false,
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static bool Compare(ComparisonFilter comparison, JsonObject resource)
    {
        var path = comparison.Path.ToString();
        var values = Values(path, resource);
        if (comparison.Value.Kind == FilterLiteralKind.Null)
        {
            return IsPresent(values) == (comparison.Operator == ComparisonOperator.NotEqual);
        }

        var wanted = Fold(comparison.Value.Text);
        return values.DefaultIfEmpty(null).Any(node =>
        {
            var value = node is null ? null : Fold(node.ToString());
            return comparison.Operator switch
            {
                ComparisonOperator.Equal => value == wanted,
                ComparisonOperator.NotEqual => value != wanted,
                _ when value is null => false,
                ComparisonOperator.Contains => value.Contains(wanted, StringComparison.Ordinal),
                ComparisonOperator.StartsWith => value.StartsWith(wanted, StringComparison.Ordinal),
                ComparisonOperator.EndsWith => value.EndsWith(wanted, StringComparison.Ordinal),
                ComparisonOperator.GreaterThan => string.CompareOrdinal(value, wanted) > 0,
                ComparisonOperator.GreaterOrEqual => string.CompareOrdinal(value, wanted) >= 0,
                ComparisonOperator.LessThan => string.CompareOrdinal(value, wanted) < 0,
                _ => string.CompareOrdinal(value, wanted) <= 0,
            };
        });

        // externalId is the one caseExact attribute here.
        string Fold(string text) => path == "externalId" ? text : text.ToUpperInvariant();
    }

    private static List<JsonNode?> Values(string path, JsonObject resource)
    {
        var names = path.Split('.');
        var owner = names[0] == "manager" ? resource[Enterprise] : resource;
        List<JsonNode?> values = owner?[names[0]] switch
        {
            null => [],
            JsonArray array => [.. array],
            var single => [single],
        };
        return names.Length == 1 ? values : values.ConvertAll(value => value![names[1]]);
    }

    private static bool IsPresent(IEnumerable<JsonNode?> values) => values.Any(value => value switch
    {
        null => false,
        JsonObject complex => IsPresent(complex.Select(member => member.Value)),
        _ => value.ToString().Length > 0,
    });
}
