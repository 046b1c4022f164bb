using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.OrgUnits;
using Grains.Indexes;

namespace Grains.OrgUnits;

/// <summary>Lists the org units of a directory. An entry of the list is a hint: the unit itself says whether it is there.</summary>
/// <param name="grains">The cluster.</param>
public sealed class OrgUnitLists(IGrainFactory grains)
{
    /// <summary>How many units a page looks at where a name is looked for.</summary>
    private const int MaxLooked = 1000;

    /// <summary>Units of a kind, in the order of their index.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="name">Only those whose name or display name contains it, whatever the case; null for all.</param>
    /// <param name="after">Where to begin.</param>
    /// <param name="take">How many at the most.</param>
    /// <returns>The units, and where the next page begins: null behind the last.</returns>
    public async Task<(List<OrgUnit> Units, IndexPosition? Next)> Page(DirectoryContext directory, string kind, string? name, IndexPosition after, int take)
    {
        var units = new List<OrgUnit>();
        IndexPosition? position = after;
        for (var looked = 0; position is { } from && units.Count < take && looked < MaxLooked;)
        {
            var (entries, next) = await new IndexClient(grains, directory).List(IndexNames.OrgUnits(kind), from, take - units.Count);
            var asked = entries.SelectMany(e => e.Entries).Select(e => grains.GetGrain<IOrgUnitGrain>(GrainKeys.OrgUnit(directory.Id, kind, e.Id)).Describe(directory)).ToList();
            foreach (var one in asked)
            {
                if (await one is { } unit && (string.IsNullOrEmpty(name) || Contains(unit.Name, name) || Contains(unit.DisplayName, name)))
                {
                    units.Add(unit);
                }
            }

            looked += asked.Count;
            position = next;
        }

        return (units, position);
    }

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
