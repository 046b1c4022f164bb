using Grains.Abstractions;
using Grains.Directories;
using Grains.Platform;
using Grains.Tenants;

namespace Grains.Checking;

/// <summary>
/// Compares all rows of a store with each other, by the rules of PROTOCOL.md, and says what does not fit: see <see cref="FindingKind"/>.
/// It changes nothing, and wants rows of one moment that nobody writes to meanwhile.
/// </summary>
public static class StoreCheck
{
    private const string Platform = "platform";
    private const string Tenant = "tenant";
    private const string Directory = "directory";
    private const string Profile = "profile";

    private static readonly string[] OfDirectories = ["user", "group", "bucket", "eventlog", "eventsegment", "orgunit", "requestlog", "requestsegment"];

    /// <summary>Looks at every row of the store.</summary>
    public static CheckReport Run(IStoredRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var findings = new List<StoreFinding>();
        var reader = new StateReader(rows, findings.Add);
        var tenants = CheckTenants(reader, findings.Add);
        var serving = new List<(string Id, DirectoryState State)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var removed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, state) in reader.Read<DirectoryState>(Directory, "", null, _ => null))
        {
            // What belongs to a directory that cannot be read is not for that reason of no directory.
            if (state is { Removed: true })
            {
                removed.Add(row.Key);
                continue;
            }

            known.Add(row.Key);
            if (state is null)
            {
                continue;
            }

            if (state.RemovalStarted is not null)
            {
                findings.Add(new StoreFinding(FindingSeverity.Unfinished, FindingKind.RemovalUnderWay, row.Key, $"directory/{row.Key}", "It is being removed."));
                continue;
            }

            serving.Add((row.Key, state));
            if (tenants is not null && !(tenants.TryGetValue(state.Tenant, out var tenant) && tenant.Contains(row.Key)))
            {
                findings.Add(new StoreFinding(FindingSeverity.Damage, FindingKind.DirectoryNotListed, row.Key, $"directory/{row.Key}", $"Tenant {state.Tenant} does not list it.")
                {
                    Mend = tenants.ContainsKey(state.Tenant) ? new Mend.List(state.Tenant, row.Key) : null,
                });
            }
        }

        AuditCheck.Run(reader, findings.Add);
        var counted = CheckUnknown(rows, known, removed, findings.Add);
        var (users, groups, others, members, entries, events) = (0L, 0L, 0L, 0L, 0L, 0L);
        foreach (var (id, state) in serving)
        {
            var check = new DirectoryCheck(reader, id, state, findings.Add);
            check.Run();
            users += check.Users;
            groups += check.Groups;
            others += check.Others;
            members += check.Members;
            entries += check.Entries;
            events += check.Events;
        }

        return new CheckReport(serving.Count, users, groups, members, entries, events, counted, findings) { Others = others };
    }

    /// <returns>The directories that each tenant lists; null where a tenant cannot be read, so that nothing follows from what is missing.</returns>
    private static Dictionary<string, HashSet<string>>? CheckTenants(StateReader reader, Action<StoreFinding> report)
    {
        PlatformState? platform = null;
        foreach (var (_, state) in reader.Read<PlatformState>(Platform, "", null, _ => null))
        {
            platform = state;
        }

        var all = true;
        var tenants = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (row, state) in reader.Read<TenantState>(Tenant, "", null, _ => null))
        {
            all &= state is not null;
            if (state is null)
            {
                continue;
            }

            tenants[row.Key] = [.. state.Directories];
            if (state.Removing)
            {
                report(new StoreFinding(FindingSeverity.Unfinished, FindingKind.RemovalUnderWay, null, $"tenant/{row.Key}", "It is being removed."));
            }

            if (platform is not null && !platform.Tenants.Contains(row.Key))
            {
                report(new StoreFinding(FindingSeverity.Damage, FindingKind.TenantNotListed, null, $"tenant/{row.Key}", "The platform does not list it.") { Mend = new Mend.List(Tenant: null, row.Key) });
            }
        }

        return all ? tenants : null;
    }

    /// <returns>How many rows there are.</returns>
    private static long CheckUnknown(IStoredRows rows, HashSet<string> directories, HashSet<string> removed, Action<StoreFinding> report)
    {
        var count = 0L;
        foreach (var type in rows.Types())
        {
            foreach (var key in rows.Keys(type))
            {
                count++;
                if (type is Platform or Tenant or Directory or Profile or AuditCheck.Record or AuditCheck.Segment)
                {
                    continue;
                }

                var subject = $"{type}/{key}";
                if (!OfDirectories.Contains(type) || !IsKeyOf(type, key))
                {
                    report(new StoreFinding(FindingSeverity.Damage, FindingKind.RowUnknown, null, subject, OfDirectories.Contains(type) ? "Its key is none of that grain's." : "This version knows no such grain."));
                }
                else if (!directories.Contains(key.Split('.')[0]))
                {
                    // What a removal forgot can go; where the directory's own row was lost, everything of it hangs on what is still there.
                    var directory = key.Split('.')[0];
                    report(new StoreFinding(FindingSeverity.Damage, FindingKind.RowOfNoDirectory, directory, subject, removed.Contains(directory) ? "Its directory was removed." : "Its directory has no row.")
                    {
                        Mend = removed.Contains(directory) ? new Mend.DropRow(type, key, type) : null,
                    });
                }
            }
        }

        return count;
    }

    /// <summary>Whether a key is one of a grain that belongs to a directory.</summary>
    internal static bool IsKeyOf(string type, string key)
    {
        var parts = key.Split('.');
        return Array.TrueForAll(parts, p => GrainKeys.IsPart(p)) && type switch
        {
            "eventlog" or "requestlog" => parts.Length == 1,
            "user" or "group" => parts.Length == 2,
            "orgunit" => parts.Length == 3,
            _ => parts.Length == 3 && long.TryParse(parts[2], System.Globalization.NumberStyles.None, null, out _),
        };
    }
}
