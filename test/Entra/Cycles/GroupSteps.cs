using System.Diagnostics;
using Entra.Model;
using Entra.Options;
using Entra.Randomness;
using Entra.Requests;
using Entra.Transport;
using Entra.Verification;

namespace Entra.Cycles;

/// <summary>
/// What Entra does to one group. It reads groups without their members always, and gets no body back for a PATCH.
/// </summary>
internal sealed class GroupSteps(Job job)
{
    private readonly ScimConnection _connection = job.Connection;
    private readonly AnswerCheck _check = job.Check;
    private readonly PatchDialect _dialect = job.Directory.Dialect;

    /// <summary>Looks for the group by displayName; it must be found if, and only if, it lives.</summary>
    public async Task<bool> MatchAsync(GroupRecord group, CancellationToken cancellation)
    {
        using var answer = await _connection.GetAsync(RequestKind.MatchGroup, ScimQuery.DisplayNameEquals(group.DisplayName), cancellation);
        return _check.List(answer, group.Lives ? 1 : 0, out var page)
            && (page.Resources is not [var found]
                || GroupComparison.Difference(found, group, members: null, _connection.BaseUrl, out _, out _) is not { } difference
                || _check.Failed(answer, $"In the group found, {difference} ({group})"));
    }

    public async Task CreateAsync(GroupRecord group, SeededRandom random, CancellationToken cancellation)
    {
        var withEmptyMembers = random.Chance(0.4);
        var repeats = job.LosesAnswer(random);
        await MatchAsync(group, cancellation);
        using var answer = await PostAsync(group, GroupRequest.Create(group, withEmptyMembers), cancellation);
        if (group.Id is not null || !_check.Status(answer, 201) || !_check.Group(answer, group))
        {
            return;
        }

        if (answer.Location is { } location && location != $"{_connection.BaseUrl}/Groups/{group.Id}")
        {
            _check.Failed(answer, $"Location must be meta.location ({group})");
        }

        if (repeats)
        {
            // Names of groups need not be unique, so the try after a lost answer begins with the search, and finds it.
            await MatchAsync(group, cancellation);
            await RenameAsync(group, group.DisplayName, random, cancellation);
        }
    }

    /// <summary>Reads the group without its members. Returns its version, or null.</summary>
    public async Task<string?> ReadAsync(GroupRecord group, CancellationToken cancellation)
    {
        using var answer = await _connection.GetAsync(RequestKind.ReadGroup, ScimQuery.GroupWithoutMembers(group.Id!), cancellation);
        return _check.Status(answer, 200) && _check.GroupHead(answer, group, out var version) ? version : null;
    }

    public async Task RenameAsync(GroupRecord group, string displayName, SeededRandom random, CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        var before = await ReadAsync(group, cancellation);
        var target = $"/Groups/{group.Id}";
        var body = GroupRequest.Rename(_dialect, displayName);
        using var answer = await _connection.SendAsync(RequestKind.UpdateGroup, HttpMethod.Patch, target, body, cancellation);
        if (!_check.Status(answer, 204, 200))
        {
            return;
        }

        var former = group.DisplayName;
        group.Rename(displayName);
        if (answer.Status == 200)
        {
            _check.Group(answer, group);
        }

        var after = await ReadAsync(group, cancellation);
        _check.VersionStep(answer, before, after, changed: former != displayName, group);
        if (repeats)
        {
            using var second = await _connection.SendAsync(RequestKind.Repeated, HttpMethod.Patch, target, body, cancellation);
            _check.Status(second, answer.Status);
            _check.VersionStep(second, after, await ReadAsync(group, cancellation), changed: false, group);
        }
    }

    /// <summary>Adds or removes some members, in one PATCH.</summary>
    /// <remarks><paramref name="asksFirst"/>: Whether each is looked up first, as in an incremental cycle.</remarks>
    public async Task ChangeMembersAsync(
        GroupRecord group,
        bool add,
        IReadOnlyList<UserRecord> members,
        bool asksFirst,
        SeededRandom random,
        CancellationToken cancellation)
    {
        var opForEach = random.Chance(0.3);
        var repeats = job.LosesAnswer(random);
        if (asksFirst)
        {
            foreach (var member in members)
            {
                await AskForMemberAsync(group, member, cancellation);
            }
        }

        var target = $"/Groups/{group.Id}";
        var body = GroupRequest.ChangeMembers(_dialect, add, members, opForEach);
        var kind = add ? RequestKind.AddMembers : RequestKind.RemoveMembers;
        var mark = group.BeginWrite();
        try
        {
            // With nobody else at the group, its version can be watched; to read it each time would double the traffic.
            var before = repeats && mark is not null ? await ReadAsync(group, cancellation) : null;
            using var answer = await _connection.SendAsync(kind, HttpMethod.Patch, target, body, cancellation);
            if (!_check.Status(answer, 204, 200))
            {
                return;
            }

            if (add)
            {
                group.Add(members);
            }
            else
            {
                group.Remove(members);
            }

            if (!repeats)
            {
                return;
            }

            var after = mark is not null ? await ReadAsync(group, cancellation) : null;
            using var second = await _connection.SendAsync(RequestKind.Repeated, HttpMethod.Patch, target, body, cancellation);
            _check.Status(second, answer.Status);
            var last = mark is not null ? await ReadAsync(group, cancellation) : null;
            if (group.AloneSince(mark))
            {
                _check.VersionStep(answer, before, after, changed: true, group);
                _check.VersionStep(second, after, last, changed: false, group);
            }
        }
        finally
        {
            group.EndWrite();
        }
    }

    public async Task DeleteAsync(GroupRecord group, SeededRandom random, CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        await ReadAsync(group, cancellation);
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

    /// <summary>
    /// Sends the create. Names of groups need not be unique, so after a 503 or a lost connection (it may have been carried out) it is
    /// looked for, and when it is found, taken over: its id is in the record then.
    /// </summary>
    public async Task<ScimAnswer> PostAsync(GroupRecord group, byte[] body, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var retries = 0; ; retries++)
        {
            var answer = await _connection.SendOnceAsync(RequestKind.CreateGroup, HttpMethod.Post, "/Groups", body, cancellation);
            if (!answer.MayBeSentAgain
                || (retries >= job.Options.MaxRetries && Stopwatch.GetElapsedTime(begun) >= job.Options.Outages))
            {
                return answer;
            }

            answer.Dispose();
            using var found = await _connection.GetAsync(
                RequestKind.MatchGroup, ScimQuery.DisplayNameEquals(group.DisplayName), cancellation);
            if (_check.Status(found, 200) && ListPage.Read(found.Json, out var page) is null && page.Resources is [var made])
            {
                if (GroupComparison.Difference(made, group, members: null, _connection.BaseUrl, out var id, out _) is { } difference)
                {
                    _check.Failed(found, $"In the group found, {difference} ({group})");
                }

                group.Id = id;
                return answer;
            }
        }
    }

    private async Task AskForMemberAsync(GroupRecord group, UserRecord member, CancellationToken cancellation)
    {
        using var answer = await _connection.GetAsync(RequestKind.MemberQuery, ScimQuery.HasMember(group.Id!, member.Id!), cancellation);
        var expected = group.Contains(member) ? 1 : 0;
        if (_check.List(answer, expected, out var page)
            && page.Resources is [var found]
            && GroupComparison.Difference(found, group, members: null, _connection.BaseUrl, out _, out _) is { } difference)
        {
            _check.Failed(answer, $"In the group found, {difference} ({group})");
        }
    }
}
