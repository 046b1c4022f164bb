using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Filters;
using Scim.Resources;

namespace Scim.Patching;

/// <summary>Turns the steps of a PATCH that concern <c>members</c> into member operations.</summary>
internal static class MemberSplitter
{
    private const string Value = "value";

    /// <summary>Adds what a step does to the members, or says why it cannot be done.</summary>
    public static ScimError? Add(PatchStep step, List<MemberOperation> operations)
    {
        if (step.Path.SubAttribute is not null)
        {
            // RFC 7643 §8.7.1: they are immutable, and every member has them.
            return ScimError.Mutability($"'{step.Path.Canonical}' is immutable: add or remove whole members.");
        }

        if (step.Filter is not null)
        {
            return AddFiltered(step, step.Filter.Filter, operations);
        }

        var values = step.Value is JsonArray elements ? Values(elements) : [];
        switch (step.Kind)
        {
            case PatchOperationKind.Replace:
                operations.Add(new MemberOperation(MemberOperationKind.Replace, values));
                break;
            case PatchOperationKind.Remove when step.Value is null:
                operations.Add(new MemberOperation(MemberOperationKind.RemoveAll, []));
                break;
            default:
                if (values.Count > 0)
                {
                    operations.Add(new MemberOperation(
                        step.Kind == PatchOperationKind.Add ? MemberOperationKind.Add : MemberOperationKind.Remove, values));
                }

                break;
        }

        return null;
    }

    private static ScimError? AddFiltered(PatchStep step, Filter filter, List<MemberOperation> operations)
    {
        if (step.Kind != PatchOperationKind.Remove)
        {
            return ScimError.InvalidPath("A path 'members[…]' can only be removed: add members by the path 'members'.");
        }

        var ids = new List<string>();
        if (!TryGetIds(filter, ids))
        {
            return ScimError.InvalidFilter("Members can be chosen by their id only: members[value eq \"…\"], several joined by 'or'.");
        }

        var values = ids.Distinct(StringComparer.Ordinal).Select(id => new MemberValue(id, Type: null)).ToArray();
        operations.Add(new MemberOperation(MemberOperationKind.Remove, values));
        return null;
    }

    private static bool TryGetIds(Filter filter, List<string> ids)
    {
        switch (filter)
        {
            case OrFilter or:
                return TryGetIds(or.Left, ids) && TryGetIds(or.Right, ids);
            case ComparisonFilter { Operator: ComparisonOperator.Equal, Value.Kind: FilterLiteralKind.Text } comparison
                when string.Equals(comparison.Path.Attribute, Value, StringComparison.OrdinalIgnoreCase):
                ids.Add(comparison.Value.Text);
                return true;
            default:
                return false;
        }
    }

    private static List<MemberValue> Values(JsonArray elements)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var values = new List<MemberValue>(elements.Count);
        foreach (var element in elements)
        {
            // The normaliser has seen to it that each has a value that is not blank.
            var id = element![Value]!.GetValue<string>();
            if (seen.Add(id))
            {
                values.Add(new MemberValue(id, element["type"]?.GetValue<string>()));
            }
        }

        return values;
    }
}
