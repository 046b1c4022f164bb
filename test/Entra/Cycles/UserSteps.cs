using Entra.Model;
using Entra.Options;
using Entra.Randomness;
using Entra.Requests;
using Entra.Transport;
using Entra.Verification;

namespace Entra.Cycles;

/// <summary>
/// What Entra does to one user: each step sends, checks the answer, and brings the model up to date when all was well.
/// </summary>
internal sealed class UserSteps(Job job)
{
    private readonly ScimConnection _connection = job.Connection;
    private readonly AnswerCheck _check = job.Check;
    private readonly PatchDialect _dialect = job.Directory.Dialect;

    /// <summary>Looks for the user by userName; it must be found if, and only if, it lives.</summary>
    /// <remarks><paramref name="byName"/>: The name as Entra has it, which may differ in case.</remarks>
    public async Task<bool> MatchAsync(UserRecord user, string byName, CancellationToken cancellation)
    {
        using var answer = await _connection.GetAsync(RequestKind.MatchUser, ScimQuery.UserNameEquals(byName), cancellation);
        return _check.List(answer, user.Lives ? 1 : 0, out var page)
            && (page.Resources is not [var found]
                || UserComparison.Difference(found, user, groups: null, _connection.BaseUrl, out _, out _) is not { } difference
                || _check.Failed(answer, $"In the user found, {difference} ({user})"));
    }

    /// <summary>Makes the account that somebody else made before: under the same name in another case, and with little else.</summary>
    public async Task CreateByHandAsync(UserRecord user, CancellationToken cancellation)
    {
        using var answer = await _connection.SendAsync(
            RequestKind.CreateByHand, HttpMethod.Post, "/Users", UserCreateRequest.WriteByHand(user.Values), cancellation);
        if (answer is { WasResent: true, Status: 409 })
        {
            if (_check.Error(answer, 409, "uniqueness"))
            {
                await AdoptAsync(user, cancellation);
            }
        }
        else if (_check.Status(answer, 201))
        {
            _check.User(answer, user);
        }
    }

    public async Task CreateAsync(UserRecord user, UserCreateShape shape, SeededRandom random, CancellationToken cancellation)
    {
        var body = UserCreateRequest.Write(user.Values, shape, job.Options.Mapping);
        user.SentMisspeltSchema = shape.HasFlag(UserCreateShape.MisspeltEnterprise);
        var repeats = job.LosesAnswer(random);
        using var answer = await _connection.SendAsync(RequestKind.CreateUser, HttpMethod.Post, "/Users", body, cancellation);
        if (answer is { WasResent: true, Status: 409 })
        {
            // The try before, which was answered 503 or not at all, had been carried out. Entra looks for what is in its way, and so do we.
            if (_check.Error(answer, 409, "uniqueness"))
            {
                await AdoptAsync(user, cancellation);
            }

            return;
        }

        if (!_check.Status(answer, 201) || !_check.User(answer, user))
        {
            return;
        }

        if (answer.Location is { } location && location != $"{_connection.BaseUrl}/Users/{user.Id}")
        {
            _check.Failed(answer, $"Location must be meta.location ({user})");
        }

        if (repeats)
        {
            using var second = await _connection.SendAsync(RequestKind.Repeated, HttpMethod.Post, "/Users", body, cancellation);
            _check.Error(second, 409, "uniqueness");
            await MatchAsync(user, user.Values.UserName, cancellation);
        }
    }

    public async Task ReadAsync(UserRecord user, CancellationToken cancellation)
    {
        var before = user.Version;
        using var answer = await _connection.GetAsync(RequestKind.ReadUser, $"/Users/{user.Id}", cancellation);
        if (_check.Status(answer, 200) && _check.User(answer, user))
        {
            _check.VersionStep(answer, before, user.Version, changed: false, user);
        }
    }

    /// <summary>Reads the user, and brings it to the values given.</summary>
    public async Task UpdateAsync(UserRecord user, UserValues next, SeededRandom random, CancellationToken cancellation)
    {
        await ReadAsync(user, cancellation);
        var sendActive = user.Values.Active != next.Active;
        await PatchAsync(RequestKind.UpdateUser, user, next, user.Values.ChangesTo(next), sendActive, random, cancellation);
    }

    /// <summary>
    /// Sends every value again, as Entra does to a user that it found instead of made, and after a job was started anew.
    /// Where nothing differs, nothing may change.
    /// </summary>
    public Task SendAllAsync(UserRecord user, UserValues next, SeededRandom random, CancellationToken cancellation)
    {
        List<AttributeChange> changes = [];
        for (var attribute = UserAttribute.ExternalId; (int)attribute < UserAttributePaths.Count; attribute++)
        {
            // Entra has no home address to send.
            if (next[attribute] is { } value && job.Options.Mapping.Sends(attribute))
            {
                changes.Add(new AttributeChange(attribute, user.Values[attribute], value));
            }
        }

        return PatchAsync(RequestKind.UpdateUser, user, next, changes, sendActive: true, random, cancellation);
    }

    /// <summary>Disables or restores.</summary>
    public async Task SetActiveAsync(UserRecord user, bool active, SeededRandom random, CancellationToken cancellation)
    {
        await ReadAsync(user, cancellation);
        var next = user.Values.Clone();
        next.Active = active;
        var kind = active ? RequestKind.RestoreUser : RequestKind.DisableUser;
        await PatchAsync(kind, user, next, [], sendActive: true, random, cancellation);
    }

    /// <summary>Asks for the present manager as Entra does, and sets another, or none.</summary>
    public async Task SetManagerAsync(UserRecord user, UserRecord? manager, SeededRandom random, CancellationToken cancellation)
    {
        var form = (ManagerForm)random.Below(4);
        var byFilter = random.Chance(0.5);
        if (manager is { } next)
        {
            using var query = await _connection.GetAsync(RequestKind.ManagerQuery, ScimQuery.HasManager(user.Id!, next.Id!), cancellation);
            _check.Reference(query, user.Manager == next ? user.Id : null);
            var body = UserPatchRequest.SetManager(
                _dialect, form, next.Id!, $"{_connection.BaseUrl}/Users/{next.Id}", replaces: user.Manager is not null);
            await PatchManagerAsync(RequestKind.SetManager, user, next, body, random, cancellation);
        }
        else if (user.Manager is { } former)
        {
            using var query = await _connection.GetAsync(
                RequestKind.ManagerQuery, ScimQuery.HasManager(user.Id!, former.Id!), cancellation);
            _check.Reference(query, user.Id);
            var body = UserPatchRequest.RemoveManager(_dialect, former.Id!, byFilter);
            await PatchManagerAsync(RequestKind.RemoveManager, user, manager: null, body, random, cancellation);
        }
    }

    public async Task DeleteAsync(UserRecord user, SeededRandom random, CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        await ReadAsync(user, cancellation);
        var target = $"/Users/{user.Id}";
        using var answer = await _connection.SendAsync(RequestKind.DeleteUser, HttpMethod.Delete, target, body: null, cancellation);
        if (answer is { WasResent: true, Status: 404 } ? !_check.Error(answer, 404) : !_check.Status(answer, 204))
        {
            return;
        }

        user.Deleted = true;
        if (repeats)
        {
            using var second = await _connection.SendAsync(RequestKind.Repeated, HttpMethod.Delete, target, body: null, cancellation);
            _check.Error(second, 404);
        }

        await MatchAsync(user, user.Values.UserName, cancellation);
    }

    /// <summary>What is sent for a value that is cleared: null, an empty string, or where the mapping says so, a blank.</summary>
    private string? Cleared(SeededRandom random)
    {
        var asNull = random.Chance(0.5);
        return job.Options.Mapping.BlankClears ? " " : asNull ? null : "";
    }

    private Task PatchAsync(
        RequestKind kind,
        UserRecord user,
        UserValues next,
        List<AttributeChange> changes,
        bool sendActive,
        SeededRandom random,
        CancellationToken cancellation)
    {
        if (changes.Count == 0 && !sendActive)
        {
            // Entra sends nothing where nothing is to be said.
            return Task.CompletedTask;
        }

        var body = UserPatchRequest.Write(_dialect, changes, sendActive ? next.Active : null, Cleared(random));
        var former = user.Values;
        var changed = former.Active != next.Active || former.ChangesTo(next).Count > 0;
        return SendChangeAsync(kind, HttpMethod.Patch, user, body, changed, apply: () => user.TakeValues(next), random, cancellation);
    }

    private Task PatchManagerAsync(
        RequestKind kind,
        UserRecord user,
        UserRecord? manager,
        byte[] body,
        SeededRandom random,
        CancellationToken cancellation)
        => SendChangeAsync(kind, HttpMethod.Patch, user, body, changed: user.Manager != manager, apply: () => user.Manager = manager, random, cancellation);

    /// <summary>Sends a change, checks what comes back, and sends it once more where the answer is to be lost.</summary>
    /// <remarks>
    /// <para><paramref name="changed"/>: Whether anything will be another than before, so that the version must be.</para>
    /// <para><paramref name="apply"/>: Brings the model up to date.</para>
    /// </remarks>
    public async Task SendChangeAsync(
        RequestKind kind,
        HttpMethod method,
        UserRecord user,
        byte[] body,
        bool changed,
        Action apply,
        SeededRandom random,
        CancellationToken cancellation)
    {
        var repeats = job.LosesAnswer(random);
        var target = $"/Users/{user.Id}";
        var before = user.Version;
        using var answer = await _connection.SendAsync(kind, method, target, body, cancellation);
        if (!_check.Status(answer, 200, 204))
        {
            // Whether it was carried out is not known: the next reading says which version stands.
            user.Version = null;
            return;
        }

        apply();
        if (answer.Status == 204)
        {
            user.Version = answer.ETag;
        }
        else if (!_check.User(answer, user))
        {
            return;
        }

        _check.VersionStep(answer, before, user.Version, changed, user);
        if (!repeats)
        {
            return;
        }

        using var second = await _connection.SendAsync(RequestKind.Repeated, method, target, body, cancellation);
        if (!_check.Status(second, answer.Status))
        {
            return;
        }

        if (!second.Body.AsSpan().SequenceEqual(answer.Body) || second.ETag != answer.ETag)
        {
            _check.Failed(second, $"A repeated {method} must answer the same, version included ({user})");
        }

        if (second.Status == 204)
        {
            await ReadAsync(user, cancellation);
        }
    }

    /// <summary>Takes over the id of a user that was made by a try whose answer never came.</summary>
    public async Task AdoptAsync(UserRecord user, CancellationToken cancellation)
    {
        using var answer = await _connection.GetAsync(RequestKind.MatchUser, ScimQuery.UserNameEquals(user.Values.UserName), cancellation);
        if (!_check.List(answer, 1, out var page) || page.Resources is not [var found])
        {
            return;
        }

        if (UserComparison.Difference(found, user, groups: null, _connection.BaseUrl, out var id, out var version) is { } difference)
        {
            _check.Failed(answer, $"In the user found, {difference} ({user})");
            return;
        }

        user.Id = id;
        user.Version = version;
    }
}
