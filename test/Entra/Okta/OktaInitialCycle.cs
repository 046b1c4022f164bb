using Entra.Cycles;
using Entra.Model;
using Entra.Randomness;
using Entra.Transport;

namespace Entra.Okta;

/// <summary>The assignment of everybody to a new application, the push of the groups, and the import of both.</summary>
internal sealed class OktaInitialCycle(Job job, OktaProfiles profiles, SeededRandom random)
{
    private const double HasAccountAlready = 0.02;

    /// <summary>How many members go with the create of a group; those beyond are added afterwards.</summary>
    private const int MembersOfCreate = 200;

    private readonly OktaUserSteps _users = new(job);
    private readonly OktaGroupSteps _groups = new(job);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await UsersAsync(cancellation);
        await GroupsAsync(cancellation);
        var users = new OktaImport(job, RequestKind.ImportUsers, "/Users");
        await users.WalkAsync(job.Model.LiveUsers.Select(user => user.Id!).ToHashSet(), unsure: 0, cancellation);
        users.Finish(job.Model.LiveUsers.Select(user => user.Id!).ToHashSet());
        var groups = new OktaImport(job, RequestKind.ImportGroups, "/Groups");
        await groups.WalkAsync(job.Model.LiveGroups.Select(group => group.Id!).ToHashSet(), unsure: 0, cancellation);
        groups.Finish(job.Model.LiveGroups.Select(group => group.Id!).ToHashSet());
    }

    private async Task UsersAsync(CancellationToken cancellation)
    {
        List<(UserRecord User, UserValues Values, bool ByHand, SeededRandom Random)> hires = [];
        for (var i = 0; i < job.Options.Users; i++)
        {
            var values = profiles.Hire();
            var byHand = random.Chance(HasAccountAlready);
            hires.Add((job.Model.AddUser(byHand ? HandMade(values) : values), values, byHand, random.Fork()));
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
                if (!hire.ByHand)
                {
                    await _users.CreateAsync(hire.User, hire.Random, stop);
                    return;
                }

                await _users.MatchAsync(hire.User, hire.Values.UserName, stop);
                if (hire.User.Lives)
                {
                    hire.Values[UserAttribute.HomeEmail] = hire.User.Values[UserAttribute.HomeEmail];
                    await _users.UpdateAsync(hire.User, hire.Values, hire.Random, stop);
                }
            },
            cancellation);
    }

    private UserValues HandMade(UserValues values) => new()
    {
        [UserAttribute.UserName] = values.UserName,
        [UserAttribute.HomeEmail] = $"private.{random.Between(10_000, 99_999)}@post.example",
    };

    private async Task GroupsAsync(CancellationToken cancellation)
    {
        var users = job.Model.LiveUsers.ToArray();
        var sizes = GroupSizes.Spread(job.Options.Members, job.Options.Groups, users.Length);
        List<(GroupRecord Group, UserRecord[] Members, SeededRandom Random)> groups = [];
        foreach (var size in sizes)
        {
            random.Draw(users.AsSpan(), size);
            var group = new GroupRecord(profiles.NameGroup(), externalId: null);
            job.Model.Groups.Add(group);
            groups.Add((group, users[..size], random.Fork()));
        }

        await job.RunPhaseAsync(
            "groups",
            groups,
            async (item, stop) =>
            {
                await _groups.CreateAsync(item.Group, item.Members[..Math.Min(MembersOfCreate, item.Members.Length)], item.Random, stop);
                for (var first = MembersOfCreate; first < item.Members.Length && item.Group.Lives; first += MembersOfCreate)
                {
                    var some = item.Members[first..Math.Min(first + MembersOfCreate, item.Members.Length)];
                    await _groups.ChangeMembersAsync(item.Group, [], some, item.Random, stop);
                }
            },
            cancellation);
    }
}
