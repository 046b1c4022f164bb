using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Paths;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Filters;

/// <summary>Compiles what stands within the brackets of a value path: a filter over one element of an attribute.</summary>
internal sealed class ElementFilterCompiler
{
    private const string Value = "value";

    private readonly AttributeDefinition attribute;
    private readonly string path;
    private readonly Dialect dialect;
    private ScimError? error;

    private ElementFilterCompiler(AttributeDefinition attribute, string path, Dialect dialect) =>
        (this.attribute, this.path, this.dialect) = (attribute, path, dialect);

    /// <param name="filter">The filter; its names are those of sub-attributes.</param>
    /// <param name="attribute">The attribute before the brackets.</param>
    /// <param name="path">Its canonical path, for the error's text.</param>
    /// <param name="dialect">How tolerant to be with literals.</param>
    public static Result<ElementFilter> Compile(Filter filter, AttributeDefinition attribute, string path, Dialect dialect)
    {
        var compiler = new ElementFilterCompiler(attribute, path, dialect);
        var equalities = new List<ElementEquality>();
        var test = compiler.Build(filter, equalities);
        return compiler.error is null ? new ElementFilter(test!, equalities, filter) : compiler.error;
    }

    private Func<JsonNode?, bool>? Build(Filter filter, List<ElementEquality>? equalities)
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
                return FindSub(present.Path) is { } sub ? Test(sub, ValueTest.IsPresent) : null;
            case ComparisonFilter comparison:
                return BuildComparison(comparison, equalities);
            default:
                error ??= ScimError.InvalidFilter($"Brackets cannot be nested, in the filter of '{path}'.");
                return null;
        }
    }

    private Func<JsonNode?, bool>? BuildComparison(ComparisonFilter comparison, List<ElementEquality>? equalities)
    {
        if (FindSub(comparison.Path) is not { } sub)
        {
            return null;
        }

        var subPath = $"{path}.{sub.Name}";
        var isEquality = comparison.Operator == ComparisonOperator.Equal;
        if (comparison.Value.Kind == FilterLiteralKind.Null)
        {
            if (!ValueTest.CanBeNull(comparison, subPath, ref error))
            {
                return null;
            }

            var present = Test(sub, ValueTest.IsPresent);
            return isEquality ? node => !present(node) : present;
        }

        if (ValueTest.Make(sub, comparison.Operator, comparison.Value, subPath, dialect, out var fault) is not { } test)
        {
            error ??= fault;
            return null;
        }

        if (isEquality)
        {
            equalities?.Add(new ElementEquality(sub, comparison.Value, dialect));
        }

        return Test(sub, test);
    }

    /// <summary>The sub-attribute that a name within brackets means; the values of a simple attribute are their own <c>value</c>.</summary>
    private AttributeDefinition? FindSub(AttributePath name)
    {
        var sub = name is not { Schema: null, SubAttribute: null } ? null
            : attribute.Type == AttributeType.Complex ? attribute.FindSubAttribute(name.Attribute!)
            : string.Equals(name.Attribute, Value, StringComparison.OrdinalIgnoreCase) ? attribute
            : null;
        if (sub is null)
        {
            error ??= ScimError.InvalidFilter($"'{path}' has no sub-attribute '{Shown.Text(name.ToString())}'.");
        }

        return sub;
    }

    private Func<JsonNode?, bool> Test(AttributeDefinition sub, Func<JsonNode?, bool> test)
    {
        if (sub == attribute)
        {
            return test;
        }

        var name = sub.Name;
        return node => ValueTest.Any(node, name, test);
    }
}
