using System.Globalization;
using Entra.Cycles;
using Entra.Model;
using Entra.Options;
using Entra.Randomness;
using Entra.Requests;
using Entra.Transport;
using Entra.Verification;

namespace Entra.Okta;

/// <summary>What Okta does to one user. It never deletes one: who is unassigned is deactivated.</summary>
internal sealed class OktaUserSteps(Job job)
{
    private readonly ScimConnection _connection = job.Connection;
    private readonly AnswerCheck _check = job.Check;
    private readonly UserSteps _steps = new(job);

    /// <summary>Looks for the user by userName; it must be found if, and only if, it is there.</summary>
    /// <remarks><paramref name="byName"/>: The name as Okta has it, which may differ in case.</remarks>
    public async Task MatchAsync(UserRecord user, string byName, CancellationToken cancellation)
    {
        using var answer = await _connection.GetAsync(RequestKind.MatchUser, ScimQuery.OktaUserNameEquals(byName), cancellation);
        if (_check.List(answer, user.Lives ? 1 : 0, out var page)
            && page.Resources is [var found]
            && UserComparison.Difference(found, user, groups: null, _connection.BaseUrl, out _, out _) is { } difference)
        {
            _check.Failed(answer, $"In the user found, {difference} ({user})");
        }
    }

    /// <summary>Makes the account that somebody else made before.</summary>
    public Task CreateByHandAsync(UserRecord user, CancellationToken cancellation) => _steps.CreateByHandAsync(user, cancellation);

    /// <summary>Looks for the user, finds nobody, and makes it.</summary>
    public async Task CreateAsync(UserRecord user, SeededRandom random, CancellationToken cancellation)
    {
        var password = job.Options.Passwords ? random.Between(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture) : null;
        var body = OktaUserRequest.Create(user.Values, password);
        var repeats = job.LosesAnswer(random);
        await MatchAsync(user, user.Values.UserName, cancellation);
        using var answer = await _connection.SendAsync(RequestKind.CreateUser, HttpMethod.Post, "/Users", body, cancellation);
        if (answer is { WasResent: true, Status: 409 })
        {
            if (_check.Error(answer, 409, "uniqueness"))
            {
                await _steps.AdoptAsync(user, cancellation);
            }

            return;
        }

        if (_check.Status(answer, 201) && _check.User(answer, user) && repeats)
        {
            using var second = await _connection.SendAsync(RequestKind.Repeated, HttpMethod.Post, "/Users", body, cancellation);
            _check.Error(second, 409, "uniqueness");
            await MatchAsync(user, user.Values.UserName, cancellation);
        }
    }

    /// <summary>
    /// Reads the user and puts it back with the values given, where nothing differs too; an application of the catalogue is told of
    /// <c>active</c> alone by a PATCH.
    /// </summary>
    public async Task UpdateAsync(UserRecord user, UserValues next, SeededRandom random, CancellationToken cancellation)
    {
        var former = user.Values;
        var changes = former.ChangesTo(next);
        var withoutGroups = random.Chance(0.5);
        var kind = former.Active == next.Active ? RequestKind.UpdateUser : next.Active ? RequestKind.RestoreUser : RequestKind.DisableUser;
        var changed = changes.Count > 0 || former.Active != next.Active;
        var before = user.Version;
        using var read = await _connection.GetAsync(RequestKind.ReadUser, $"/Users/{user.Id}", cancellation);
        if (!_check.Status(read, 200) || !_check.User(read, user))
        {
            return;
        }

        _check.VersionStep(read, before, user.Version, changed: false, user);
        var byPatch = job.Directory.Dialect == PatchDialect.Catalogue && changes.Count == 0 && changed;
        var body = byPatch ? OktaUserRequest.SetActive(next.Active) : OktaUserRequest.Replace(read.Body, next, withoutGroups);
        var method = byPatch ? HttpMethod.Patch : HttpMethod.Put;
        await _steps.SendChangeAsync(kind, method, user, body, changed, apply: () => user.TakeValues(next), random, cancellation);
    }
}
