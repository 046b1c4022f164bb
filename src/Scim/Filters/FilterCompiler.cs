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
    private readonly IReadOnlyList<ResourceType>? others;
    private readonly List<FilterUse> uses = [];
    private ScimError? error;

    private FilterCompiler(ResourceType type, Dialect dialect, IReadOnlyList<ResourceType>? others) =>
        (this.type, this.dialect, this.others) = (type, dialect, others);

    public static Result<CompiledFilter> Compile(Filter filter, ResourceType type, Dialect dialect, IReadOnlyList<ResourceType>? others)
    {
        var compiler = new FilterCompiler(type, dialect, others);
        var demands = new FilterDemands();
        var test = compiler.Build(filter, demands);
        if (compiler.error is not null)
        {
            return compiler.error;
        }

        return new CompiledFilter(test!, demands, isEquality: filter is ComparisonFilter, compiler.uses);
    }

    /// <param name="filter">The filter.</param>
    /// <param name="demands">Takes what every match satisfies; null where the filter stands under <c>not</c>.</param>
    private Func<JsonNode, bool>? Build(Filter filter, FilterDemands? demands)
    {
        switch (filter)
        {
            case AndFilter and:
                return Build(and.Left, demands) is { } left && Build(and.Right, demands) is { } right ? node => left(node) && right(node) : null;
            case OrFilter or:
                var eithers = demands is null ? null : new FilterDemands();
                var alternatives = demands is null ? null : new FilterDemands();
                demands?.Add(eithers!, alternatives!);
                return Build(or.Left, eithers) is { } either && Build(or.Right, alternatives) is { } other ? node => either(node) || other(node) : null;
            case NotFilter not:
                return Build(not.Operand, null) is { } operand ? node => !operand(node) : null;
            case PresentFilter present:
                return Resolve(present.Path) is { } presentPath ? BuildPresent(presentPath) : null;
            case ComparisonFilter comparison:
                return Resolve(comparison.Path) is { } path ? BuildComparison(path, comparison, demands) : null;
            case ValuePathFilter valuePath:
                return Resolve(valuePath.Path) is { } attributePath ? BuildValuePath(attributePath, valuePath.ValueFilter, demands) : null;
            default:
                throw new UnreachableException();
        }
    }

    private ResolvedPath? Resolve(AttributePath path)
    {
        if (!path.ResolveAmong(type, others, dialect).TryGet(out var resolved, out var unknown))
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

    /// <summary>Whether resources of the type can have the attribute, and not only those of a type queried together with it.</summary>
    private bool IsOwn(ResolvedPath path) => path.Extension is { } extension
        ? type.FindExtension(extension.Id) is not null
        : type.FindAttribute(path.Attribute!.Name) == path.Attribute;

    private Func<JsonNode, bool> BuildPresent(ResolvedPath path)
    {
        var simplePath = ValueOf(path);
        NoteUse(path, simplePath.SubAttribute?.Name == ValueName || path.SubAttribute is null ? simplePath.SubAttribute?.Name ?? "" : null, []);
        var locate = Locate(path);
        var sub = path.SubAttribute?.Name;
        return node => ValueTest.Any(locate(node), sub, ValueTest.IsPresent);
    }

    private Func<JsonNode, bool>? BuildComparison(ResolvedPath path, ComparisonFilter comparison, FilterDemands? demands)
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
            demands?.Add(new EqualityTerm(path.Canonical, comparison.Value.Text), possible: IsOwn(path));
        }

        var locate = Locate(path);
        var sub = path.SubAttribute?.Name;
        return node => ValueTest.Any(locate(node), sub, test);
    }

    private Func<JsonNode, bool>? BuildValuePath(ResolvedPath path, Filter filter, FilterDemands? demands)
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
        foreach (var equality in elements.EqualityTerms(path))
        {
            demands?.Add(equality, possible: IsOwn(path));
        }

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
