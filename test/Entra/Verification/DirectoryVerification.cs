using System.Diagnostics;
using System.Text.Json;
using Entra.Cycles;
using Entra.Model;
using Entra.Randomness;
using Entra.Requests;
using Entra.Transport;

namespace Entra.Verification;

/// <summary>
/// Reads a whole directory and compares it with the model. A deviation is a surprise only when it still stands after the time that
/// the options give to settle: what follows a delete (its leaving of groups, say) may be done after the answer.
/// </summary>
internal sealed class DirectoryVerification(Job job, SeededRandom random)
{
    private const int PageSize = 100;
    private const int SampledNames = 300;
    private const int SampledGone = 500;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly List<GroupRecord>?[] _groupsOf = job.Model.GroupsByUser();
    private int _settledLate;

    /// <summary>How many deviations went away by themselves.</summary>
    public int SettledLate => _settledLate;

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var user in job.Model.Users.Where(user => user.Id is null))
        {
            job.ReportSurprise($"Every user must have been created ({user})");
        }

        foreach (var group in job.Model.Groups.Where(group => group.Id is null))
        {
            job.ReportSurprise($"Every group must have been created ({group})");
        }

        // The walks are the two longest, and each is one page after the other.
        Func<CancellationToken, Task>[] walks = job.Options.Mapping.Groups ? [WalkUsersAsync, WalkGroupsAsync] : [WalkUsersAsync];
        await job.RunPhaseAsync("verify users and groups", walks, (walk, stop) => walk(stop), cancellation);
        await job.RunPhaseAsync("verify members", [.. job.Model.LiveGroups], VerifyMembersAsync, cancellation);
        await job.RunPhaseAsync("verify filters", FilterProbes(), ProbeAsync, cancellation);
        await job.RunPhaseAsync("verify the deleted", GoneTargets(), VerifyGoneAsync, cancellation);
    }

    private Task WalkUsersAsync(CancellationToken cancellation)
    {
        var expected = job.Model.LiveUsers.ToDictionary(user => user.Id!);
        return WalkAsync(
            RequestKind.VerifyUserPage,
            "/Users?",
            expected,
            (resource, user) =>
            {
                var groups = _groupsOf[user.Index] ?? [];
                var difference = UserComparison.Difference(resource, user, groups, job.Connection.BaseUrl, out _, out var version);
                return difference ?? SameVersion(user.Version ??= version, version);
            },
            cancellation);
    }

    private Task WalkGroupsAsync(CancellationToken cancellation)
    {
        var expected = job.Model.LiveGroups.ToDictionary(group => group.Id!);
        return WalkAsync(
            RequestKind.VerifyGroupPage,
            "/Groups?excludedAttributes=members&",
            expected,
            (resource, group) =>
            {
                var difference = GroupComparison.Difference(resource, group, members: null, job.Connection.BaseUrl, out _, out var version);
                return difference ?? SameVersion(group.Version ??= version, version);
            },
            cancellation);
    }

    /// <summary>Pages through all resources of a type by startIndex and count: each must come once, and nothing else.</summary>
    private Task WalkAsync<T>(
        RequestKind kind,
        string target,
        Dictionary<string, T> expected,
        Func<JsonElement, T, string?> compare,
        CancellationToken cancellation)
        where T : notnull
        => SettleAsync(
            async deviations =>
            {
                var unseen = new HashSet<string>(expected.Keys);
                for (var start = 1; ;)
                {
                    var answer = await job.Connection.GetAsync(kind, $"{target}startIndex={start}&count={PageSize}", cancellation);
                    deviations.Keep(answer);
                    if (!job.Check.Status(answer, 200))
                    {
                        return;
                    }

                    if (ListPage.Read(answer.Json, out var page) is { } malformed)
                    {
                        deviations.Add(answer, malformed);
                        return;
                    }

                    if (page.TotalResults != expected.Count)
                    {
                        deviations.Add(answer, $"totalResults must be {expected.Count}");
                    }

                    if (page.StartIndex != start && page.Resources.Length > 0)
                    {
                        deviations.Add(answer, $"startIndex must be {start}");
                    }

                    foreach (var resource in page.Resources)
                    {
                        var id = resource.Has("id"u8, out var value) ? value.Text() ?? "" : "";
                        if (!expected.TryGetValue(id, out var record))
                        {
                            deviations.Add(answer, $"There must be no resource {id}");
                        }
                        else if (!unseen.Remove(id))
                        {
                            deviations.Add(answer, $"{record} must be listed once");
                        }
                        else if (compare(resource, record) is { } difference)
                        {
                            deviations.Add(answer, $"{difference} ({record})");
                        }
                    }

                    if (page.Resources.Length > PageSize)
                    {
                        deviations.Add(answer, $"A page must have no more than {PageSize} resources");
                    }

                    start += page.Resources.Length;
                    if (page.Resources.Length == 0 || start > page.TotalResults)
                    {
                        foreach (var id in unseen)
                        {
                            deviations.Add(answer, $"{expected[id]} must be listed");
                        }

                        return;
                    }
                }
            },
            cancellation);

    private Task VerifyMembersAsync(GroupRecord group, CancellationToken cancellation)
    {
        var members = group.MembersInOrder();
        return SettleAsync(
            async deviations =>
            {
                var answer = await job.Connection.GetAsync(RequestKind.VerifyGroup, $"/Groups/{group.Id}", cancellation);
                deviations.Keep(answer);
                if (job.Check.Status(answer, 200)
                    && GroupComparison.Difference(answer.Json, group, members, job.Connection.BaseUrl, out _, out _) is { } difference)
                {
                    deviations.Add(answer, $"{difference} ({group})");
                }
            },
            cancellation);
    }

    /// <summary>
    /// Filters, and the id each is to find (null: nobody): names of now and of before, for a sample where there are many.
    /// </summary>
    private List<(string Target, string? Id)> FilterProbes()
    {
        List<(string Target, string? Id)> probes = [];
        foreach (var user in Sample(job.Model.LiveUsers, SampledNames))
        {
            probes.Add((ScimQuery.UserNameEquals(user.Values.UserName), user.Id));
            if (user.Values[UserAttribute.ExternalId] is { } externalId)
            {
                probes.Add((ScimQuery.ExternalIdEquals(externalId), user.Id));
            }

            if (user.Values[UserAttribute.WorkEmail] is { } email)
            {
                probes.Add((ScimQuery.WorkEmailEquals(email), user.Id));
            }
        }

        foreach (var group in Sample(job.Model.LiveGroups, SampledNames))
        {
            probes.Add((ScimQuery.DisplayNameEquals(group.DisplayName), group.Id));
        }

        HashSet<string> userNames = new(job.Model.LiveUsers.Select(user => user.Values.UserName), StringComparer.OrdinalIgnoreCase);
        var formerUserNames = job.Model.Users
            .SelectMany(user => user.Deleted ? (user.FormerNames ?? []).Append(user.Values.UserName) : user.FormerNames ?? [])
            .Where(name => !userNames.Contains(name));
        probes.AddRange(Sample(formerUserNames, SampledNames).Select(name => (ScimQuery.UserNameEquals(name), (string?)null)));

        HashSet<string> groupNames = new(job.Model.LiveGroups.Select(group => group.DisplayName), StringComparer.OrdinalIgnoreCase);
        var formerGroupNames = job.Model.Groups
            .SelectMany(group => group.Deleted ? (group.FormerNames ?? []).Append(group.DisplayName) : group.FormerNames ?? [])
            .Where(name => !groupNames.Contains(name));
        probes.AddRange(Sample(formerGroupNames, SampledNames).Select(name => (ScimQuery.DisplayNameEquals(name), (string?)null)));
        return probes;
    }

    private Task ProbeAsync((string Target, string? Id) probe, CancellationToken cancellation)
        => SettleAsync(
            async deviations =>
            {
                var answer = await job.Connection.GetAsync(RequestKind.VerifyFilter, probe.Target, cancellation);
                deviations.Keep(answer);
                if (!job.Check.Status(answer, 200))
                {
                    return;
                }

                if ((ListPage.Read(answer.Json, out var page) ?? page.DifferenceInTotal(probe.Id is null ? 0 : 1)) is { } difference)
                {
                    deviations.Add(answer, difference);
                }
                else if (page.Resources is [var found, ..] && !(found.Has("id"u8, out var id) && id.Is(probe.Id)))
                {
                    deviations.Add(answer, $"The one result must be {probe.Id}");
                }
            },
            cancellation);

    private List<string> GoneTargets()
    {
        var users = job.Model.Users.Where(user => user.Deleted).Select(user => $"/Users/{user.Id}");
        var groups = job.Model.Groups.Where(group => group.Deleted).Select(group => ScimQuery.GroupWithoutMembers(group.Id!));
        return [.. Sample(users, SampledGone), .. Sample(groups, SampledGone)];
    }

    private async Task VerifyGoneAsync(string target, CancellationToken cancellation)
    {
        using var answer = await job.Connection.GetAsync(RequestKind.VerifyGone, target, cancellation);
        job.Check.Error(answer, 404);
    }

    /// <summary>Repeats a check while it finds deviations and there is time, then enters those that stand.</summary>
    private async Task SettleAsync(Func<DeviationList, Task> check, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            using var deviations = new DeviationList();
            await check(deviations);
            if (deviations.Count == 0)
            {
                Interlocked.Add(ref _settledLate, tries > 0 ? 1 : 0);
                return;
            }

            if (Stopwatch.GetElapsedTime(started) >= job.Options.Settle)
            {
                deviations.Report(job.Check);
                return;
            }

            await Task.Delay(s_pause, cancellation);
        }
    }

    private static string? SameVersion(string? expected, string? found)
        => expected == found ? null : $"meta.version must still be {expected}, and is {found}";

    private T[] Sample<T>(IEnumerable<T> items, int count)
    {
        T[] all = [.. items];
        count = Math.Min(count, all.Length);
        random.Draw(all.AsSpan(), count);
        return all[..count];
    }
}
