using System.Globalization;

namespace Api.Tests.Scim;

/// <summary>Many connections at once on one name, one user, one group.</summary>
public sealed class ConcurrencyTests
{
    private const int Connections = 64;

    [Fact]
    public async Task Create_OneUserNameFrom64Connections_IsMadeOnce()
    {
        var directory = await NewDirectory();

        // One name in 64 spellings: upper and lower case by the bits of i.
        var answers = await AtOnce(i => directory.Scim.Post("/Users", Bodies.User(Spelling("ada.lovelace@example.com", i))));

        answers.Count(a => a.Status == 201).ShouldBe(1);
        foreach (var refused in answers.Where(a => a.Status != 201))
        {
            refused.ShouldBeError(409, "uniqueness");
        }

        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(1);
        (await directory.Scim.Find("/Users", "userName eq \"ADA.lovelace@example.com\"")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Create_ManyUsersFrom64Connections_AllAreMadeAndListed()
    {
        var directory = await NewDirectory();

        var answers = await AtOnce(i => directory.Scim.Post("/Users", Bodies.User($"user{i}")));

        answers.ShouldAllBe(a => a.Status == 201);
        var list = await directory.Scim.Get("/Users?count=1000");
        list.TotalResults.ShouldBe(Connections);
        list.Resources.Select(r => r!["id"]!.GetValue<string>()).ShouldBe(answers.Select(a => a.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task Create_SameIdempotencyKeyAtOnce_IsOneUser()
    {
        var directory = await NewDirectory();

        var answers = await AtOnce(_ => directory.Scim.Post("/Users", Bodies.User("once"), ("Idempotency-Key", "k-1")));

        answers.ShouldAllBe(a => a.Status == 201);
        answers.Select(a => a.Id).Distinct().ShouldHaveSingleItem();
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Patch_EachOfAnotherAttribute_NoneIsLost()
    {
        string[] paths = ["displayName", "nickName", "title", "userType", "locale", "timezone", "preferredLanguage", "externalId", "name.givenName",
            "name.familyName", "name.middleName", "name.formatted", "emails[type eq \\\"work\\\"].value", "emails[type eq \\\"home\\\"].value",
            "phoneNumbers[type eq \\\"work\\\"].value", "phoneNumbers[type eq \\\"mobile\\\"].value",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber"];
        var directory = await NewDirectory();
        var user = await directory.MakeUser("target");

        var answers = await Task.WhenAll(paths.Select((path, i) => directory.Scim.Patch($"/Users/{user}", Bodies.Replace(path, $"\"value-{i}-\""))));

        answers.ShouldAllBe(a => a.Status == 200);
        var read = await directory.Scim.Get($"/Users/{user}");
        for (var i = 0; i < paths.Length; i++)
        {
            read.Text.ShouldContain($"\"value-{i}-\"", customMessage: paths[i]);
        }

        // As many versions as changes: each was made on top of another.
        answers.Select(a => a.Header("ETag")).Distinct().Count().ShouldBe(paths.Length);
    }

    [Fact]
    public async Task Patch_SameIfMatchFromManyConnections_OneIsDone()
    {
        var directory = await NewDirectory();
        var made = await directory.Scim.Post("/Users", Bodies.User("target"));

        var answers = await AtOnce(i => directory.Scim.Patch($"/Users/{made.Id}", Bodies.Replace("title", $"\"t{i}\""), ("If-Match", made.Header("ETag")!)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Status == 412).ShouldBe(Connections - 1);
        (await directory.Scim.Get($"/Users/{made.Id}")).String("title").ShouldBe(answers.Single(a => a.Status == 200).String("title"));
    }

    [Fact]
    public async Task AddMembers_ToOneGroupFromManyConnections_NoneIsLostOnEitherSide()
    {
        var directory = await NewDirectory();
        var users = (await AtOnce(i => directory.Scim.Post("/Users", Bodies.User($"m{i}")))).Select(a => a.Id).ToArray();
        var group = await directory.MakeGroup("All");

        var answers = await AtOnce(i => directory.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(users[i])));

        answers.ShouldAllBe(a => a.Status == 204);
        (await MembersOf(directory, group)).ShouldBe(users, ignoreOrder: true);
        foreach (var user in await Task.WhenAll(users.Select(u => directory.Scim.Get($"/Users/{u}"))))
        {
            GroupsOf(user).ShouldBe([group]);
        }
    }

    [Fact]
    public async Task Membership_AddedAndRemovedAtOnce_AgreesOnBothSides()
    {
        var directory = await NewDirectory();
        var users = (await Task.WhenAll(Enumerable.Range(0, 8).Select(i => directory.Scim.Post("/Users", Bodies.User($"m{i}"))))).Select(a => a.Id).ToArray();
        var group = await directory.MakeGroup("Moving", users[..4]);

        var answers = await AtOnce(i => directory.Scim.Patch($"/Groups/{group}", i % 2 == 0
            ? Bodies.AddMembers(users[i / 2 % 8])
            : Bodies.Patch($$"""{"op":"remove","path":"members[value eq \"{{users[i / 3 % 8]}}\"]"}""")));

        answers.ShouldAllBe(a => a.Status == 204);
        var members = await MembersOf(directory, group);
        foreach (var user in users)
        {
            var groups = GroupsOf(await directory.Scim.Get($"/Users/{user}"));
            groups.ShouldBe(members.Contains(user) ? [group] : []);
        }
    }

    [Fact]
    public async Task Rename_ManyUsersToOneName_OneGetsIt()
    {
        var directory = await NewDirectory();
        var users = (await AtOnce(i => directory.Scim.Post("/Users", Bodies.User($"old{i}")))).Select(a => a.Id).ToArray();

        var answers = await AtOnce(i => directory.Scim.Patch($"/Users/{users[i]}", Bodies.Replace("userName", $"\"{Spelling("the.one", i)}\"")));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
        var found = await directory.Scim.Find("/Users", "userName eq \"the.one\"");
        found.Resources.Single()!["id"]!.GetValue<string>().ShouldBe(answers.Single(a => a.Status == 200).Id);

        // The names of all others are theirs still, and the old name of the one is free.
        for (var i = 0; i < users.Length; i++)
        {
            var expected = answers[i].Status == 200 ? 0 : 1;
            (await directory.Scim.Find("/Users", $"userName eq \"old{i}\"")).TotalResults.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task DeleteAndCreate_OfOneNameAtOnce_LeaveAtMostOneUserOfIt()
    {
        var directory = await NewDirectory();
        var first = await directory.MakeUser("phoenix");

        var answers = await AtOnce(i => i % 2 == 0 ? directory.Scim.Delete($"/Users/{first}") : directory.Scim.Post("/Users", Bodies.User("Phoenix")));

        answers.Where((_, i) => i % 2 == 0).Count(a => a.Status == 204).ShouldBe(1);
        answers.Where((_, i) => i % 2 == 0).ShouldAllBe(a => a.Status == 204 || a.Status == 404);
        answers.Where((_, i) => i % 2 == 1).ShouldAllBe(a => a.Status == 201 || a.Status == 409);
        var made = answers.Count(a => a.Status == 201);
        made.ShouldBeInRange(0, 1);
        (await directory.Scim.Find("/Users", "userName eq \"phoenix\"")).TotalResults.ShouldBe(made);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(made);

        // The name is not lost to the world.
        (await directory.Scim.Post("/Users", Bodies.User("PHOENIX"))).Status.ShouldBe(made == 0 ? 201 : 409);
    }

    [Fact]
    public async Task Delete_OfUserWhileAddedToGroups_LeavesNoMember()
    {
        var directory = await NewDirectory();
        var user = await directory.MakeUser("leaver");
        var groups = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => directory.MakeGroup($"g{i}")));

        var adds = groups.Select(g => directory.Scim.Patch($"/Groups/{g}", Bodies.AddMembers(user)));
        var answers = await Task.WhenAll(adds.Append(directory.Scim.Delete($"/Users/{user}")));

        answers[^1].ShouldBe(204);
        answers[..^1].ShouldAllBe(a => a.Status == 204 || a.Status == 400);
        foreach (var group in groups)
        {
            (await MembersOf(directory, group)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task List_OfGroupsWhileTheyAreDeleted_IsAnsweredEachTime()
    {
        var directory = await NewDirectory();
        var user = await directory.MakeUser("member");
        var groups = await AtOnce(i => directory.Scim.Post("/Groups", Bodies.Group($"g{i}", user)));

        var deletes = Task.WhenAll(groups.Select(g => directory.Scim.Delete($"/Groups/{g.Id}")));
        var reads = Task.WhenAll(groups.Select(g => directory.Scim.Get($"/Groups/{g.Id}")));
        do
        {
            (await directory.Scim.Get("/Groups?count=100")).ShouldBe(200).TotalResults.ShouldBeInRange(0, Connections);
        }
        while (!deletes.IsCompleted);

        (await deletes).ShouldAllBe(a => a.Status == 204);
        (await reads).ShouldAllBe(a => (a.Status == 200 && a.Json["members"] != null) || a.Status == 404);
        (await directory.Scim.Get("/Groups")).TotalResults.ShouldBe(0);
    }

    private static async Task<TestDirectory> NewDirectory() => await (await TestServer.Shared).MakeDirectory();

    private static Task<Answer[]> AtOnce(Func<int, Task<Answer>> send) => Task.WhenAll(Enumerable.Range(0, Connections).Select(send));

    private static async Task<List<string>> MembersOf(TestDirectory directory, string group) =>
        [.. ((await directory.Scim.Get($"/Groups/{group}")).ShouldBe(200).Json["members"]?.AsArray() ?? []).Select(m => m!["value"]!.GetValue<string>())];

    private static List<string> GroupsOf(Answer user) =>
        [.. (user.ShouldBe(200).Json["groups"]?.AsArray() ?? []).Select(m => m!["value"]!.GetValue<string>())];

    private static string Spelling(string name, int number) =>
        string.Concat(name.Select((c, i) => ((number >> (i % 6)) & 1) == 1 ? char.ToUpper(c, CultureInfo.InvariantCulture) : c));
}
