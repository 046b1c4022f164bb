using System.Runtime.InteropServices;
using Entra.Model;
using Entra.People;
using Entra.Randomness;
using Entra.Requests;

namespace Entra.Cycles;

/// <summary>
/// The first synchronisation: users, then managers, then groups, then members. Everything random is drawn before a phase starts,
/// so that it does not depend on which request is answered first.
/// </summary>
internal sealed class InitialCycle(Job job, Workforce workforce, SeededRandom random)
{
    private const double HasAccountAlready = 0.02;
    private const double HasManager = 0.9;

    /// <summary>One in so many leads others.</summary>
    private const int SpanOfControl = 8;

    private readonly UserSteps _users = new(job);
    private readonly GroupSteps _groups = new(job);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await UsersAsync(cancellation);
        await ManagersAsync(cancellation);
        await GroupsAsync(cancellation);
        await MembersAsync(cancellation);
    }

    private async Task UsersAsync(CancellationToken cancellation)
    {
        List<(UserRecord User, UserValues Values, bool ByHand, UserCreateShape Shape, SeededRandom Random)> hires = [];
        for (var i = 0; i < job.Options.Users; i++)
        {
            var values = workforce.Hire();
            var byHand = random.Chance(HasAccountAlready) && job.Options.Mapping.TakesHandMade;
            var shape = CreateShapes.Draw(values, random);
            var user = job.Model.AddUser(byHand ? HandMade(values) : values);
            user.CreatedByHand = byHand;
            hires.Add((user, values, byHand, shape, random.Fork()));
        }

        await job.RunPhaseAsync(
            "accounts that were there before",
            hires.Where(hire => hire.ByHand).ToList(),
            (hire, stop) => _users.CreateByHandAsync(hire.User, stop),
            cancellation);
        await job.RunPhaseAsync(
            "users",
            hires,
            async (hire, stop) =>
            {
                await _users.MatchAsync(hire.User, hire.Values.UserName, stop);
                if (!hire.ByHand)
                {
                    await _users.CreateAsync(hire.User, hire.Shape, hire.Random, stop);
                }
                else if (hire.User.Lives)
                {
                    hire.Values[UserAttribute.HomeEmail] = hire.User.Values[UserAttribute.HomeEmail];
                    await _users.SendAllAsync(hire.User, hire.Values, hire.Random, stop);
                }
            },
            cancellation);
    }

    /// <summary>What an administrator had typed in: the name in capitals, a private address.</summary>
    private UserValues HandMade(UserValues values) => new()
    {
        [UserAttribute.UserName] = random.Chance(0.5) ? AsciiUpper(values.UserName) : values.UserName,
        [UserAttribute.HomeEmail] = $"private.{random.Between(10_000, 99_999)}@post.example",
    };

    private static string AsciiUpper(string name) => string.Create(name.Length, name, static (letters, name) =>
    {
        for (var i = 0; i < name.Length; i++)
        {
            letters[i] = char.IsAsciiLetterLower(name[i]) ? char.ToUpperInvariant(name[i]) : name[i];
        }
    });

    private async Task ManagersAsync(CancellationToken cancellation)
    {
        if (!job.Options.Mapping.Managers)
        {
            return;
        }

        List<(UserRecord User, UserRecord Manager, SeededRandom Random)> reports = [];
        for (var i = 1; i < job.Model.Users.Count; i++)
        {
            var manager = job.Model.Users[random.Below(Math.Max(1, Math.Min(i, job.Model.Users.Count / SpanOfControl)))];
            var has = random.Chance(HasManager);
            var fork = random.Fork();
            if (has && manager.Lives && job.Model.Users[i].Lives)
            {
                reports.Add((job.Model.Users[i], manager, fork));
            }
        }

        await job.RunPhaseAsync(
            "managers", reports, (report, stop) => _users.SetManagerAsync(report.User, report.Manager, report.Random, stop), cancellation);
    }

    private async Task GroupsAsync(CancellationToken cancellation)
    {
        List<(GroupRecord Group, SeededRandom Random)> groups = [];
        for (var i = 0; i < job.Options.Groups; i++)
        {
            var group = new GroupRecord(workforce.NameGroup(), random.NextGuid());
            job.Model.Groups.Add(group);
            groups.Add((group, random.Fork()));
        }

        await job.RunPhaseAsync("groups", groups, (item, stop) => _groups.CreateAsync(item.Group, item.Random, stop), cancellation);
    }

    private async Task MembersAsync(CancellationToken cancellation)
    {
        var users = job.Model.LiveUsers.ToArray();
        var sizes = GroupSizes.Spread(job.Options.Members, job.Options.Groups, users.Length);
        List<MemberChange> changes = [];
        foreach (var (group, size) in job.Model.Groups.Zip(sizes))
        {
            random.Draw(users.AsSpan(), size);
            var chunks = MemberChunks.Cut(group, add: true, users[..size], random);
            if (group.Lives)
            {
                changes.AddRange(chunks);
            }
        }

        // Entra goes from group to group, and several groups grow at a time.
        random.Shuffle(CollectionsMarshal.AsSpan(changes));
        await job.RunPhaseAsync(
            "members",
            changes,
            (change, stop) => _groups.ChangeMembersAsync(change.Group, change.Add, change.Members, asksFirst: false, change.Random, stop),
            cancellation);
    }
}
