using Entra.Cycles;
using Entra.Model;
using Entra.Randomness;
using Entra.Transport;

namespace Entra.Okta;

/// <summary>
/// What changed in the customer's Okta since the last cycle, with an import beside it. In each phase a user or a group is changed by one
/// piece of work only.
/// </summary>
internal sealed class OktaIncrementalCycle(Job job, OktaProfiles profiles, SeededRandom random, int number)
{
    // The fractions of users and groups that a cycle touches; at least one of each kind.
    private const double Renamed = 0.03;
    private const double Moved = 0.03;
    private const double Deactivated = 0.03;
    private const double Cleared = 0.01;
    private const double Resent = 0.01;
    private const double Hired = 0.02;
    private const double GroupsRenamed = 0.05;
    private const double GroupsDeleted = 0.02;
    private const double GroupsMade = 0.02;

    /// <summary>So many members of a group leave, and so many come, at most.</summary>
    private const int MostChangedMembers = 40;

    private readonly OktaUserSteps _users = new(job);
    private readonly OktaGroupSteps _groups = new(job);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await UsersAsync(cancellation);
        await GroupsAsync(cancellation);
    }

    private static int Share(int of, double fraction) => Math.Min(of, Math.Max(1, (int)(of * fraction)));

    private async Task UsersAsync(CancellationToken cancellation)
    {
        var staying = job.Model.LiveUsers.Select(user => user.Id!).ToHashSet();
        List<(UserRecord User, UserValues? Next, SeededRandom Random)> work = [];
        AddChanges(work);
        var hires = Share(job.Options.Users, Hired);
        for (var i = 0; i < hires; i++)
        {
            work.Add((job.Model.AddUser(profiles.Hire()), null, random.Fork()));
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(work));
        var import = new OktaImport(job, RequestKind.ImportUsers, "/Users");
        var writes = job.RunPhaseAsync(
            $"cycle {number}, users",
            work,
            async (item, stop) =>
            {
                if (item.Next is not { } next)
                {
                    await _users.CreateAsync(item.User, item.Random, stop);
                    return;
                }

                if (next.Active && !item.User.Values.Active)
                {
                    // Assigned again: Okta looks for the account, and finds the one it deactivated.
                    await _users.MatchAsync(item.User, item.User.Values.UserName, stop);
                }

                await _users.UpdateAsync(item.User, next, item.Random, stop);
            },
            cancellation);
        await import.BesideAsync(writes, staying, unsure: hires, cancellation);
        import.Finish(job.Model.LiveUsers.Select(user => user.Id!).ToHashSet());
    }

    private void AddChanges(List<(UserRecord User, UserValues? Next, SeededRandom Random)> work)
    {
        var active = job.Model.LiveUsers.Where(user => user.Values.Active).ToArray();
        random.Shuffle(active.AsSpan());
        var taken = 0;
        foreach (var (fraction, change) in new (double, Func<UserValues, UserValues>)[]
        {
            (Renamed, profiles.Rename),
            (Moved, profiles.Move),
            (Cleared, profiles.Clear),
            (Resent, values => values.Clone()),
            (Deactivated, values => With(values, active: false)),
        })
        {
            for (var count = Share(active.Length, fraction); count > 0 && taken < active.Length; count--)
            {
                var user = active[taken++];
                work.Add((user, change(user.Values), random.Fork()));
            }
        }

        // Half of those who were away come back; some under another name.
        foreach (var user in job.Model.LiveUsers.Where(user => !user.Values.Active).ToArray())
        {
            if (random.Chance(0.5))
            {
                work.Add((user, With(random.Chance(0.2) ? profiles.Rename(user.Values) : user.Values, active: true), random.Fork()));
            }
        }
    }

    private static UserValues With(UserValues values, bool active)
    {
        var next = values.Clone();
        next.Active = active;
        return next;
    }

    private async Task GroupsAsync(CancellationToken cancellation)
    {
        var users = job.Model.LiveUsers.ToArray();
        var groups = job.Model.LiveGroups.ToArray();
        random.Shuffle(groups.AsSpan());
        var renamed = Share(groups.Length, GroupsRenamed);
        var deleted = groups.Length < 3 ? 0 : Share(groups.Length, GroupsDeleted);
        var made = Share(job.Options.Groups, GroupsMade);
        var staying = groups.Skip(deleted).Select(group => group.Id!).ToHashSet();
        List<Func<CancellationToken, Task>> work = [];
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            var fork = random.Fork();
            if (i < deleted)
            {
                work.Add(stop => _groups.DeleteAsync(group, fork, stop));
            }
            else if (i < deleted + renamed)
            {
                var name = profiles.NameGroup();
                work.Add(stop => _groups.RenameAsync(group, name, fork, stop));
            }
            else if (job.Options.Members > 0)
            {
                work.Add(stop => PushMembersAsync(group, users, fork, stop));
            }
        }

        for (var i = 0; i < made; i++)
        {
            var group = new GroupRecord(profiles.NameGroup(), externalId: null);
            job.Model.Groups.Add(group);
            var members = job.Options.Members == 0 ? [] : Enumerable.Range(0, random.Between(0, MostChangedMembers)).Select(_ => random.Pick(users)).Distinct().ToArray();
            var fork = random.Fork();
            work.Add(stop => _groups.CreateAsync(group, members, fork, stop));
        }

        var import = new OktaImport(job, RequestKind.ImportGroups, "/Groups");
        var writes = job.RunPhaseAsync($"cycle {number}, groups", work, (step, stop) => step(stop), cancellation);
        await import.BesideAsync(writes, staying, unsure: deleted + made, cancellation);
        import.Finish(job.Model.Groups.Where(group => group.Id is not null).Select(group => group.Id!).ToHashSet());
    }

    /// <summary>One to three pushes of one group, each of its members in one of the forms.</summary>
    private async Task PushMembersAsync(GroupRecord group, UserRecord[] users, SeededRandom random, CancellationToken cancellation)
    {
        for (var pushes = random.Between(1, 3); pushes > 0; pushes--)
        {
            var members = group.MembersInOrder();
            random.Shuffle(members.AsSpan());
            var leaving = members[..Math.Min(members.Length, random.Between(1, MostChangedMembers))];
            UserRecord[] coming = [.. Enumerable.Range(0, random.Between(1, MostChangedMembers)).Select(_ => random.Pick(users)).Distinct().Where(user => !group.Contains(user))];
            switch (random.Below(5))
            {
                case 0 when leaving.Length > 0:
                    await _groups.ChangeMembersAsync(group, leaving, [], random, cancellation);
                    break;
                case 1 when leaving.Length > 0:
                    await _groups.ChangeMembersAsync(group, leaving, coming, random, cancellation);
                    break;
                case 2:
                    await _groups.ReplaceMembersAsync(group, [.. members.Except(leaving), .. coming], random, cancellation);
                    break;
                case 3:
                    await _groups.ReplaceMembersAsync(group, members, random, cancellation);
                    break;
                default:
                    if (coming.Length > 0)
                    {
                        await _groups.ChangeMembersAsync(group, [], coming, random, cancellation);
                    }

                    break;
            }
        }
    }
}
