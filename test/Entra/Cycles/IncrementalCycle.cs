using System.Runtime.InteropServices;
using Entra.Model;
using Entra.People;
using Entra.Randomness;
using Entra.Requests;

namespace Entra.Cycles;

/// <summary>
/// What changed in the customer's directory since the last cycle: people and groups come, change and go. In each phase a user or a
/// group is changed by one piece of work only, members excepted.
/// </summary>
internal sealed class IncrementalCycle(Job job, Workforce workforce, SeededRandom random, int number)
{
    // The fractions of users, groups and memberships that a cycle touches; at least one of each kind.
    private const double Renamed = 0.03;
    private const double Moved = 0.03;
    private const double Disabled = 0.03;
    private const double Cleared = 0.01;
    private const double Resent = 0.01;
    private const double Hired = 0.01;
    private const double ManagerChanged = 0.02;
    private const double GroupsRenamed = 0.05;
    private const double GroupsDeleted = 0.02;
    private const double GroupsMade = 0.02;
    private const double MembershipsChanged = 0.02;

    /// <summary>Members are looked up one by one before a change, so a cycle changes no more than this many of a group.</summary>
    private const int MostMembersOfAGroup = 60;

    private readonly UserSteps _users = new(job);
    private readonly GroupSteps _groups = new(job);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await UsersAsync(cancellation);
        var leavers = ChooseLeavers();
        await ManagersAsync(leavers, cancellation);
        await LeaversAsync(leavers, cancellation);
        await GroupsAsync(cancellation);
        await MembersAsync(cancellation);
    }

    private string Phase(string what) => $"cycle {number}, {what}";

    private static int Share(int of, double fraction) => Math.Min(of, Math.Max(1, (int)(of * fraction)));

    private async Task UsersAsync(CancellationToken cancellation)
    {
        var users = job.Model.LiveUsers.Where(user => user.Values.Active).ToArray();
        random.Shuffle(users.AsSpan());
        var kinds = new (UserChange Change, double Fraction)[]
        {
            (UserChange.Rename, Renamed),
            (UserChange.Move, Moved),
            (UserChange.Disable, Disabled),
            (UserChange.Clear, Cleared),
            (UserChange.Resend, Resent),
        };
        List<(UserRecord User, UserChange Change, UserValues Next, SeededRandom Random)> changes = [];
        var taken = 0;
        foreach (var (change, fraction) in kinds)
        {
            for (var count = Share(users.Length, fraction); count > 0 && taken < users.Length; count--)
            {
                var user = users[taken++];
                var next = change switch
                {
                    UserChange.Rename => workforce.Rename(user.Values),
                    UserChange.Move => workforce.Move(user.Values),
                    UserChange.Clear => workforce.Clear(user.Values),
                    _ => user.Values,
                };
                changes.Add((user, change, next, random.Fork()));
            }
        }

        await job.RunPhaseAsync(
            Phase("changed users"),
            changes,
            (item, stop) => item.Change switch
            {
                UserChange.Disable => _users.SetActiveAsync(item.User, active: false, item.Random, stop),
                UserChange.Resend => _users.SendAllAsync(item.User, item.Next, item.Random, stop),
                _ => _users.UpdateAsync(item.User, item.Next, item.Random, stop),
            },
            cancellation);
        await HireAsync(Share(job.Options.Users, Hired), cancellation);
    }

    private async Task HireAsync(int count, CancellationToken cancellation)
    {
        List<(UserRecord User, UserCreateShape Shape, SeededRandom Random)> hires = [];
        for (var i = 0; i < count; i++)
        {
            var values = workforce.Hire();
            var shape = CreateShapes.Draw(values, random);
            hires.Add((job.Model.AddUser(values), shape, random.Fork()));
        }

        await job.RunPhaseAsync(
            Phase("new users"),
            hires,
            async (hire, stop) =>
            {
                await _users.MatchAsync(hire.User, hire.User.Values.UserName, stop);
                await _users.CreateAsync(hire.User, hire.Shape, hire.Random, stop);
            },
            cancellation);
    }

    /// <summary>Of the disabled, some come back, some go for good, and some are deleted and come back as somebody else.</summary>
    private Dictionary<UserRecord, UserChange> ChooseLeavers()
    {
        var disabled = job.Model.LiveUsers.Where(user => !user.Values.Active).ToArray();
        random.Shuffle(disabled.AsSpan());
        var fates = new Dictionary<UserRecord, UserChange>();
        for (var i = 0; i < disabled.Length; i++)
        {
            // The fourth stays disabled until a later cycle.
            switch (i % 4)
            {
                case 0:
                    fates.Add(disabled[i], UserChange.Delete);
                    break;
                case 1:
                    fates.Add(disabled[i], UserChange.Restore);
                    break;
                case 2:
                    fates.Add(disabled[i], UserChange.Recreate);
                    break;
            }
        }

        return fates;
    }

    private async Task ManagersAsync(Dictionary<UserRecord, UserChange> leavers, CancellationToken cancellation)
    {
        if (!job.Options.Mapping.Managers)
        {
            return;
        }

        bool Leaves(UserRecord user) => leavers.TryGetValue(user, out var fate) && fate != UserChange.Restore;

        var staying = job.Model.LiveUsers.Where(user => !Leaves(user)).ToArray();
        List<(UserRecord User, UserRecord? Manager, SeededRandom Random)> changes = [];
        foreach (var user in job.Model.LiveUsers)
        {
            // Nobody reports to someone who is deleted: Entra would have sent that first.
            var mustChange = user.Manager is { } manager && Leaves(manager);
            var fork = random.Fork();
            if (mustChange || fork.Chance(ManagerChanged))
            {
                var next = staying.Length > 0 && fork.Chance(0.7) ? fork.Pick(staying) : null;
                changes.Add((user, next == user ? null : next, fork));
            }
        }

        await job.RunPhaseAsync(
            Phase("managers"), changes, (item, stop) => _users.SetManagerAsync(item.User, item.Manager, item.Random, stop), cancellation);
    }

    private async Task LeaversAsync(Dictionary<UserRecord, UserChange> leavers, CancellationToken cancellation)
    {
        List<(UserRecord User, UserChange Fate, UserRecord? Successor, UserCreateShape Shape, SeededRandom Random)> items = [];
        foreach (var (user, fate) in leavers.OrderBy(entry => entry.Key.Index))
        {
            UserRecord? successor = null;
            var shape = UserCreateShape.Plain;
            if (fate == UserChange.Recreate)
            {
                var values = workforce.Rehire(user.Values);
                shape = CreateShapes.Draw(values, random);
                successor = job.Model.AddUser(values);
            }

            items.Add((user, fate, successor, shape, random.Fork()));
        }

        await job.RunPhaseAsync(
            Phase("restored and deleted users"),
            items,
            async (item, stop) =>
            {
                if (item.Fate == UserChange.Restore)
                {
                    await _users.SetActiveAsync(item.User, active: true, item.Random, stop);
                    return;
                }

                await _users.DeleteAsync(item.User, item.Random, stop);
                if (item.Successor is { } successor && item.User.Deleted)
                {
                    await _users.CreateAsync(successor, item.Shape, item.Random, stop);
                    if (successor.Id == item.User.Id)
                    {
                        job.ReportSurprise($"The user made again under the name of a deleted one must have another id ({successor})");
                    }
                }
            },
            cancellation);

        var gone = items.Select(item => item.User).Where(user => user.Deleted).ToArray();
        foreach (var group in job.Model.Groups)
        {
            group.Remove(gone);
        }
    }

    private async Task GroupsAsync(CancellationToken cancellation)
    {
        var groups = job.Model.LiveGroups.ToArray();
        random.Shuffle(groups.AsSpan());
        var renamed = Share(groups.Length, GroupsRenamed);
        var deleted = groups.Length < 3 ? 0 : Share(groups.Length, GroupsDeleted);
        List<(GroupRecord Group, string? NewName, SeededRandom Random)> changes = [];
        foreach (var group in groups.Take(renamed))
        {
            changes.Add((group, workforce.NameGroup(), random.Fork()));
        }

        foreach (var group in groups.Skip(renamed).Take(deleted))
        {
            changes.Add((group, null, random.Fork()));
        }

        await job.RunPhaseAsync(
            Phase("renamed and deleted groups"),
            changes,
            (item, stop) => item.NewName is { } name
                ? _groups.RenameAsync(item.Group, name, item.Random, stop)
                : _groups.DeleteAsync(item.Group, item.Random, stop),
            cancellation);

        List<(GroupRecord Group, SeededRandom Random)> made = [];
        for (var i = Share(job.Options.Groups, GroupsMade); i > 0; i--)
        {
            var group = new GroupRecord(workforce.NameGroup(), random.NextGuid());
            job.Model.Groups.Add(group);
            made.Add((group, random.Fork()));
        }

        await job.RunPhaseAsync(
            Phase("new groups"), made, (item, stop) => _groups.CreateAsync(item.Group, item.Random, stop), cancellation);
    }

    private async Task MembersAsync(CancellationToken cancellation)
    {
        var users = job.Model.LiveUsers.ToArray();
        List<MemberChange> changes = [];
        foreach (var group in job.Model.LiveGroups)
        {
            // A group that is still empty was just made, and gets its first members now.
            var members = group.MembersInOrder();
            var several = Math.Min(MostMembersOfAGroup, members.Length == 0 ? 5 : Share(members.Length, MembershipsChanged));
            if (job.Options.Members == 0 || users.Length == 0)
            {
                continue;
            }

            random.Draw(members.AsSpan(), Math.Min(several, members.Length));
            changes.AddRange(MemberChunks.Cut(group, add: false, members[..Math.Min(several, members.Length)], random));

            var candidates = Enumerable.Range(0, several).Select(_ => random.Pick(users)).Distinct().Where(user => !group.Contains(user));
            changes.AddRange(MemberChunks.Cut(group, add: true, [.. candidates], random));
        }

        random.Shuffle(CollectionsMarshal.AsSpan(changes));
        await job.RunPhaseAsync(
            Phase("members"),
            changes,
            (change, stop) => _groups.ChangeMembersAsync(change.Group, change.Add, change.Members, asksFirst: true, change.Random, stop),
            cancellation);
    }
}
