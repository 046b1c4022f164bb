using System.Diagnostics;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Paths;
using Scim.Schemas;

namespace Scim.Filters;

/// <summary>Turns the tree of a filter into delegates, and notes on the way which equalities and attributes it rests on.</summary>
internal sealed class FilterCompiler
{
    private const string ValueName = "value";

    private readonly ResourceType type;
    private readonly Dialect dialect;
    private readonly List<FilterUse> uses = [];
    private ScimError? error;

    private FilterCompiler(ResourceType type, Dialect dialect) => (this.type, this.dialect) = (type, dialect);

    public static Result<CompiledFilter> Compile(Filter filter, ResourceType type, Dialect dialect)
    {
        var compiler = new FilterCompiler(type, dialect);
        var equalities = new List<EqualityTerm>();
        var test = compiler.Build(filter, equalities);
        if (compiler.error is not null)
        {
            return compiler.error;
        }

        IReadOnlyList<EqualityTerm> required = equalities.Count < 2 ? equalities : equalities.Distinct().ToArray();
        return new CompiledFilter(test!, required, isEquality: filter is ComparisonFilter, compiler.uses);
    }

    /// <param name="filter">The filter.</param>
    /// <param name="equalities">Takes what every match satisfies; null where the filter stands under <c>or</c> or <c>not</c>.</param>
    private Func<JsonNode, bool>? Build(Filter filter, List<EqualityTerm>? equalities)
    {
        switch (filter)
        {
            case AndFilter and:
                return Build(and.Left, equalities) is { } left && Build(and.Right, equalities) is { } right ? node => left(node) && right(node) : null;
            case OrFilter or:
                return Build(or.Left, null) is { } either && Build(or.Right, null) is { } other ? node => either(node) || other(node) : null;
            case NotFilter not:
                return Build(not.Operand, null) is { } operand ? node => !operand(node) : null;
            case PresentFilter present:
                return Resolve(present.Path) is { } presentPath ? BuildPresent(presentPath) : null;
            case ComparisonFilter comparison:
                return Resolve(comparison.Path) is { } path ? BuildComparison(path, comparison, equalities) : null;
            case ValuePathFilter valuePath:
                return Resolve(valuePath.Path) is { } attributePath ? BuildValuePath(attributePath, valuePath.ValueFilter, equalities) : null;
            default:
                throw new UnreachableException();
        }
    }

    private ResolvedPath? Resolve(AttributePath path)
    {
        if (!path.Resolve(type, dialect).TryGet(out var resolved, out var unknown))
        {
            error ??= ScimError.InvalidFilter(unknown.Detail);
            return null;
        }

        if (resolved.Attribute is null)
        {
            error ??= ScimError.InvalidFilter($"'{resolved.Canonical}' is an extension; name one of its attributes.");
            return null;
        }

        return resolved;
    }

    private Func<JsonNode, bool> BuildPresent(ResolvedPath path)
    {
        var simplePath = ValueOf(path);
        NoteUse(path, simplePath.SubAttribute?.Name == ValueName || path.SubAttribute is null ? simplePath.SubAttribute?.Name ?? "" : null, []);
        var locate = Locate(path);
        var sub = path.SubAttribute?.Name;
        return node => ValueTest.Any(locate(node), sub, ValueTest.IsPresent);
    }

    private Func<JsonNode, bool>? BuildComparison(ResolvedPath path, ComparisonFilter comparison, List<EqualityTerm>? equalities)
    {
        var isEquality = comparison.Operator == ComparisonOperator.Equal;
        if (comparison.Value.Kind == FilterLiteralKind.Null)
        {
            // RFC 7643 §2.5: null is the same as unassigned.
            if (!ValueTest.CanBeNull(comparison, path.Canonical, ref error))
            {
                return null;
            }

            var present = BuildPresent(path);
            return isEquality ? node => !present(node) : present;
        }

        path = ValueOf(path);
        var compared = path.SubAttribute ?? path.Attribute!;
        if (ValueTest.Make(compared, comparison.Operator, comparison.Value, path.Canonical, dialect, out var fault) is not { } test)
        {
            error ??= fault;
            return null;
        }

        var isTextEquality = isEquality && IsText(compared);
        NoteUse(path, isTextEquality ? path.SubAttribute?.Name ?? "" : null, [comparison.Value.Text]);
        if (isTextEquality)
        {
            equalities?.Add(new EqualityTerm(path.Canonical, comparison.Value.Text));
        }

        var locate = Locate(path);
        var sub = path.SubAttribute?.Name;
        return node => ValueTest.Any(locate(node), sub, test);
    }

    private Func<JsonNode, bool>? BuildValuePath(ResolvedPath path, Filter filter, List<EqualityTerm>? equalities)
    {
        if (!ElementFilterCompiler.Compile(filter, path.Attribute!, path.Canonical, dialect).TryGet(out var elements, out var fault))
        {
            error ??= fault;
            return null;
        }

        var named = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var sub in path.Attribute!.SubAttributes.Where(IsText))
        {
            if (NamedValues(filter, sub.Name) is { } values)
            {
                named.Add(sub.Name, values);
            }
        }

        uses.Add(new FilterUse(path.Canonical, named));
        equalities?.AddRange(elements.EqualityTerms(path));

        var locate = Locate(path);
        var test = elements.Matches;
        return node => locate(node) switch
        {
            null => false,
            JsonArray values => values.Any(test),
            var value => test(value),
        };
    }

    /// <summary>
    /// The values of a sub-attribute one of which an element must have to satisfy the filter, or null where others can too.
    /// </summary>
    private static IReadOnlyList<string>? NamedValues(Filter filter, string sub) => filter switch
    {
        AndFilter and => NamedValues(and.Left, sub) ?? NamedValues(and.Right, sub),
        OrFilter or => NamedValues(or.Left, sub) is { } left && NamedValues(or.Right, sub) is { } right ? [.. left, .. right] : null,
        ComparisonFilter { Operator: ComparisonOperator.Equal, Value.Kind: FilterLiteralKind.Text } comparison
            when string.Equals(comparison.Path.Attribute, sub, StringComparison.OrdinalIgnoreCase) => [comparison.Value.Text],
        _ => null,
    };

    /// <summary>A complex attribute is compared by its <c>value</c>: <c>manager eq "…"</c>.</summary>
    private static ResolvedPath ValueOf(ResolvedPath path) =>
        path is { SubAttribute: null, Attribute.Type: AttributeType.Complex } && path.Attribute.FindSubAttribute(ValueName) is { } value
            ? path with { SubAttribute = value, Canonical = $"{path.Canonical}.{value.Name}" }
            : path;

    private static bool IsText(AttributeDefinition attribute) => attribute.Type is AttributeType.String or AttributeType.Reference;

    private void NoteUse(ResolvedPath path, string? sub, IReadOnlyList<string> values)
    {
        var attribute = path.SubAttribute is null ? path.Canonical : path.Canonical[..^(path.SubAttribute.Name.Length + 1)];
        var named = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        if (sub is not null)
        {
            named.Add(sub, values);
        }

        uses.Add(new FilterUse(attribute, named));
    }

    private static Func<JsonNode, JsonNode?> Locate(ResolvedPath path)
    {
        var name = path.Attribute!.Name;
        var urn = path.Extension?.Id;
        return urn is null ? node => node[name] : node => (node[urn] as JsonObject)?[name];
    }
}
