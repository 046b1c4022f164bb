using Entra.Cycles;
using Entra.Model;
using Entra.Options;
using Entra.Randomness;
using Entra.Requests;
using Entra.Transport;
using Entra.Verification;

namespace Entra.Okta;

/// <summary>What Okta's group push does to one group. The pushes of a group come one after the other.</summary>
internal sealed class OktaGroupSteps(Job job)
{
    private readonly ScimConnection _connection = job.Connection;
    private readonly AnswerCheck _check = job.Check;
    private readonly GroupSteps _steps = new(job);

    /// <summary>Makes the group with its members.</summary>
    public async Task CreateAsync(GroupRecord group, IReadOnlyList<UserRecord> members, SeededRandom random, CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        using var answer = await _steps.PostAsync(group, OktaGroupRequest.Create(group.DisplayName, members), cancellation);
        if (group.Id is null && !_check.Status(answer, 201))
        {
            return;
        }

        var wasFound = group.Id is not null;
        group.Add(members);
        if (!wasFound && _check.Group(answer, group) && repeats)
        {
            await MatchAsync(group, cancellation);
            await ReplaceMembersAsync(group, members, random, cancellation);
        }
    }

    public async Task RenameAsync(GroupRecord group, string displayName, SeededRandom random, CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        using var read = await _connection.GetAsync(RequestKind.ReadGroup, $"/Groups/{group.Id}", cancellation);
        if (!_check.Status(read, 200) || !_check.Group(read, group))
        {
            return;
        }

        var byPatch = job.Directory.Dialect == PatchDialect.Catalogue;
        var changed = group.DisplayName != displayName;
        var body = byPatch ? OktaGroupRequest.Rename(group, displayName) : OktaGroupRequest.Replace(read.Body, displayName);
        await SendAsync(
            RequestKind.UpdateGroup, byPatch ? HttpMethod.Patch : HttpMethod.Put, group, body, changed, watched: true, repeats, () => group.Rename(displayName), cancellation);
    }

    /// <summary>Some leave, others come, in one PATCH.</summary>
    public Task ChangeMembersAsync(
        GroupRecord group,
        IReadOnlyList<UserRecord> removed,
        IReadOnlyList<UserRecord> added,
        SeededRandom random,
        CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        return SendAsync(
            removed.Count > 0 ? RequestKind.RemoveMembers : RequestKind.AddMembers,
            HttpMethod.Patch,
            group,
            OktaGroupRequest.ChangeMembers(removed, added),
            changed: removed.Count + added.Count > 0,
            watched: repeats,
            repeats,
            () =>
            {
                group.Remove(removed);
                group.Add(added);
            },
            cancellation);
    }

    /// <summary>Says who the members are, all of them; where they are so already, nothing changes.</summary>
    public Task ReplaceMembersAsync(GroupRecord group, IReadOnlyList<UserRecord> members, SeededRandom random, CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        var before = group.MembersInOrder();
        return SendAsync(
            RequestKind.ReplaceMembers,
            HttpMethod.Patch,
            group,
            OktaGroupRequest.ReplaceMembers(members),
            changed: before.Length != members.Count || before.Except(members).Any(),
            watched: true,
            repeats,
            () =>
            {
                group.Remove(before);
                group.Add(members);
            },
            cancellation);
    }

    public async Task DeleteAsync(GroupRecord group, SeededRandom random, CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        var target = $"/Groups/{group.Id}";
        using var answer = await _connection.SendAsync(RequestKind.DeleteGroup, HttpMethod.Delete, target, body: null, cancellation);
        if (answer is { WasResent: true, Status: 404 } ? !_check.Error(answer, 404) : !_check.Status(answer, 204))
        {
            return;
        }

        group.Deleted = true;
        if (repeats)
        {
            using var second = await _connection.SendAsync(RequestKind.Repeated, HttpMethod.Delete, target, body: null, cancellation);
            _check.Error(second, 404);
        }

        await MatchAsync(group, cancellation);
    }

    /// <summary>Looks for the group by displayName; it must be found, with its members, if and only if it lives.</summary>
    private async Task MatchAsync(GroupRecord group, CancellationToken cancellation)
    {
        using var answer = await _connection.GetAsync(RequestKind.MatchGroup, ScimQuery.OktaDisplayNameEquals(group.DisplayName), cancellation);
        if (_check.List(answer, group.Lives ? 1 : 0, out var page)
            && page.Resources is [var found]
            && GroupComparison.Difference(found, group, group.MembersInOrder(), _connection.BaseUrl, out _, out _) is { } difference)
        {
            _check.Failed(answer, $"In the group found, {difference} ({group})");
        }
    }

    private async Task SendAsync(
        RequestKind kind,
        HttpMethod method,
        GroupRecord group,
        byte[] body,
        bool changed,
        bool watched,
        bool repeats,
        Action apply,
        CancellationToken cancellation)
    {
        var target = $"/Groups/{group.Id}";
        var before = watched ? await _steps.ReadAsync(group, cancellation) : null;
        using var answer = await _connection.SendAsync(kind, method, target, body, cancellation);
        if (!_check.Status(answer, 204, 200))
        {
            return;
        }

        apply();
        if (answer.Status == 200)
        {
            _check.Group(answer, group);
        }

        if (!watched)
        {
            return;
        }

        var after = await _steps.ReadAsync(group, cancellation);
        _check.VersionStep(answer, before, after, changed, group);
        if (repeats)
        {
            using var second = await _connection.SendAsync(RequestKind.Repeated, method, target, body, cancellation);
            _check.Status(second, answer.Status);
            _check.VersionStep(second, after, await _steps.ReadAsync(group, cancellation), changed: false, group);
        }
    }
}
