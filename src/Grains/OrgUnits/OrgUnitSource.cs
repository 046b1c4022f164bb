using System.Text.Json.Nodes;
using Grains.Abstractions.Profiles;
using Grains.Indexes;
using Scim.Filters;
using Scim.Schemas;

namespace Grains.OrgUnits;

/// <summary>Where a user's data names its org unit of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Paths">The paths, of which the first that has a value counts.</param>
internal sealed record OrgUnitSource(string Kind, IReadOnlyList<IndexedAttribute> Paths)
{
    /// <summary>The name under which terms of the kind go to its units.</summary>
    public string Index { get; } = IndexNames.InOrgUnit(Kind);

    public static OrgUnitSource Of(OrgUnitRule rule, ResourceType type) => new(rule.Kind, [.. rule.Paths.Select(p => IndexedAttribute.Parse(p, type).Value)]);

    /// <summary>The term by which a user stands in its unit, or null where its data names none.</summary>
    public IndexTerm? TermOf(JsonObject user)
    {
        foreach (var path in Paths)
        {
            if (path.FirstText(user) is { } name)
            {
                return new IndexTerm(Index, path.Normalise(name), Unique: false) { Name = name };
            }
        }

        return null;
    }

    /// <summary>Whether a change gives one of the paths a value.</summary>
    public bool IsSetBy(Func<IndexedAttribute, bool> sets) => Paths.Any(sets);
}
