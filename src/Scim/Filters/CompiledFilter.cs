using System.Text.Json.Nodes;

namespace Scim.Filters;

/// <summary>
/// A filter bound to a resource type: names resolved, literals checked, the tests made once. Immutable and safe to share between threads.
/// </summary>
public sealed class CompiledFilter
{
    private readonly Func<JsonNode, bool> test;
    private readonly IReadOnlyList<FilterUse> uses;

    internal CompiledFilter(
        Func<JsonNode, bool> test, FilterDemands demands, bool isEquality, IReadOnlyList<FilterUse> uses)
    {
        this.test = test;
        this.uses = uses;
        Demands = demands;
        SoleEquality = isEquality && demands.Equalities is [var only] ? only : null;
    }

    /// <summary>What every match satisfies, for looking it up.</summary>
    public FilterDemands Demands { get; }

    /// <summary>
    /// Equalities of text that every match satisfies, so that looking up any one of them finds all matches. Those that stand within
    /// brackets are given alone (<c>emails.value</c>) and under each other equality beside them (<c>emails[type eq "work"].value</c>).
    /// </summary>
    public IReadOnlyList<EqualityTerm> RequiredEqualities => Demands.Equalities;

    /// <summary>
    /// The equality of text that the filter consists of, without brackets, or null where it is anything else. A resource then matches
    /// exactly where it satisfies this.
    /// </summary>
    public EqualityTerm? SoleEquality { get; }

    /// <summary>Whether a resource matches.</summary>
    /// <param name="resource">The full resource as served: attributes, <c>id</c>, <c>meta</c>, <c>groups</c>, <c>members</c>.</param>
    public bool Matches(JsonObject resource) => test(resource);

    /// <summary>Whether the filter looks at an attribute at all.</summary>
    /// <param name="attribute">Its canonical name: <c>members</c>, and with its URN in an extension.</param>
    public bool References(string attribute)
    {
        foreach (var use in uses)
        {
            if (string.Equals(use.Attribute, attribute, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The values that the filter compares a path with, wherever they stand, also under <c>or</c> and <c>not</c>; or null where the
    /// filter's outcome depends on other elements of the attribute than those named by these values (<c>members.value co "x"</c>,
    /// <c>members[type eq "User"]</c>).
    /// </summary>
    /// <remarks>
    /// For an attribute kept elsewhere, such as a group's <c>members</c>: look up the values given, add those elements that exist to the
    /// resource, and <see cref="Matches"/> decides rightly. <c>members pr</c> needs to know whether there is any: where it may occur,
    /// add some element of the attribute, whichever it is.
    /// </remarks>
    /// <param name="canonicalPath">As in <see cref="EqualityTerm.Path"/>, without brackets: <c>members.value</c>, <c>userName</c>.</param>
    /// <returns>Distinct values, none where the filter does not look at the attribute or only whether it is present.</returns>
    public IReadOnlyList<string>? EqualityValues(string canonicalPath)
    {
        var values = new List<string>();
        foreach (var use in uses)
        {
            if (!TryGetSubAttribute(canonicalPath, use.Attribute, out var sub))
            {
                continue;
            }

            if (!use.Named.TryGetValue(sub, out var named))
            {
                return null;
            }

            values.AddRange(named);
        }

        return [.. values.Distinct(StringComparer.Ordinal)];
    }

    private static bool TryGetSubAttribute(string path, string attribute, out string sub)
    {
        sub = "";
        if (!path.StartsWith(attribute, StringComparison.OrdinalIgnoreCase) || (path.Length > attribute.Length && path[attribute.Length] != '.'))
        {
            return false;
        }

        sub = path.Length > attribute.Length ? path[(attribute.Length + 1)..] : "";
        return true;
    }
}
