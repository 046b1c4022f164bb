using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Security;

/// <summary>With the token of one directory, nothing of another is to be seen, changed or guessed.</summary>
public sealed class ScimIsolationTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    private const string NoSuchDirectory = "no-such-directory";

    public static TheoryData<EndpointCase> Endpoints => [.. EndpointTable.Scim];

    public static TheoryData<EndpointCase> PathFormEndpoints =>
        [.. EndpointTable.Scim.Where(e => e.Pattern.StartsWith(EndpointTable.PathForm, StringComparison.Ordinal))];

    public static TheoryData<EndpointCase> EndpointsOfOne =>
        [.. EndpointTable.Scim.Where(e => e.Pattern.EndsWith("/Users/{id}", StringComparison.Ordinal) || e.Pattern.EndsWith("/Groups/{id}", StringComparison.Ordinal))];

    [Fact]
    public void Endpoints_OfTheServer_AreAllInTheTable()
    {
        // What serves the explorer's page is open to all, and of a package where the engine is Orleans.
        var mapped = world.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !e.RoutePattern.RawText!.StartsWith("/scalar", StringComparison.Ordinal))
            .ToList();
        var listed = EndpointTable.Scim.Concat(EndpointTable.Admin).Concat(EndpointTable.Open).ToList();

        mapped.Select(e => e.RoutePattern.RawText).Distinct().ShouldBe(listed.Select(e => e.Pattern).Distinct(), ignoreOrder: true);
        var methods = mapped
            .Where(e => e.RoutePattern.RawText!.StartsWith(EndpointTable.AdminPrefix, StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}"));
        methods.ShouldBe(EndpointTable.Admin.Select(e => e.ToString()), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_TokenThatDoesNotOpen_IsAlwaysTheSame401(EndpointCase endpoint)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kind, token) in world.DeadDirectoryTokens)
        {
            foreach (var directory in new[] { world.Other.Id, world.Mine.Id, NoSuchDirectory })
            {
                foreach (var id in new[] { world.OtherUser, world.OtherGroup, Guid.CreateVersion7().ToString(), "no-id" })
                {
                    var answer = await Send(endpoint, token, directory, id);
                    answer.Status.ShouldBe(401, kind);
                    answer.Header("WWW-Authenticate").ShouldBe("Bearer realm=\"scim\"");
                    seen.Add(answer.Visible(hide: ""));
                }
            }
        }

        seen.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(PathFormEndpoints))]
    public async Task PathForm_TokenOfAnotherDirectory_Is401WhetherTheDirectoryExistsOrNot(EndpointCase endpoint)
    {
        var existing = await Send(endpoint, world.Mine.Token, world.Other.Id, world.OtherUser);
        var missing = await Send(endpoint, world.Mine.Token, NoSuchDirectory, world.OtherUser);
        var noToken = await Send(endpoint, null, world.Other.Id, world.OtherUser);

        (await Send(endpoint, world.OtherAccessToken, world.Mine.Id, world.OtherUser)).Visible("").ShouldBe(noToken.Visible(""));
        existing.Status.ShouldBe(401);
        existing.Visible("").ShouldBe(missing.Visible(""));
        existing.Visible("").ShouldBe(noToken.Visible(""));
    }

    [Theory]
    [MemberData(nameof(EndpointsOfOne))]
    public async Task ResourceOfAnotherDirectory_AskedForWithMyToken_IsAsOneThatNeverWas(EndpointCase endpoint)
    {
        var before = await world.Other.Everything();
        foreach (var theirs in new[] { world.OtherUser, world.OtherGroup })
        {
            var nobody = Guid.CreateVersion7().ToString();

            var answer = await Send(endpoint, world.Mine.Token, world.Mine.Id, theirs);
            var unknown = await Send(endpoint, world.Mine.Token, world.Mine.Id, nobody);

            answer.Status.ShouldBeOneOf(404, 405);
            answer.Visible(theirs).ShouldBe(unknown.Visible(nobody));
        }

        (await world.Other.Everything()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/Users", "id eq \"{user}\"")]
    [InlineData("/Users", "userName eq \"secret.person@other.example\"")]
    [InlineData("/Users", "userName sw \"secret\"")]
    [InlineData("/Users", "userName pr")]
    [InlineData("/Users", "externalId eq \"other-ext-77\"")]
    [InlineData("/Users", "id eq \"{user}\" and userName pr")]
    [InlineData("/Users", "groups.value eq \"{group}\"")]
    [InlineData("/Users", "not (userName eq \"x\")")]
    [InlineData("/Groups", "id eq \"{group}\"")]
    [InlineData("/Groups", "displayName eq \"Secret project\"")]
    [InlineData("/Groups", "members eq \"{user}\"")]
    [InlineData("/Groups", "members.value eq \"{user}\"")]
    [InlineData("/Groups", "members[value eq \"{user}\"]")]
    [InlineData("/Groups", "id eq \"{group}\" and members eq \"{user}\"")]
    public async Task Filter_ForWhatAnotherDirectoryHas_FindsItThereAndNothingHere(string endpoint, string filter)
    {
        var mine = await world.Server.MakeDirectory();
        var template = filter.Replace("{user}", world.OtherUser, StringComparison.Ordinal).Replace("{group}", world.OtherGroup, StringComparison.Ordinal);

        var here = (await mine.Scim.Find(endpoint, template)).ShouldBe(200);
        var there = (await world.Other.Scim.Find(endpoint, template)).ShouldBe(200);

        here.TotalResults.ShouldBe(0);
        here.Resources.ShouldBeEmpty();
        there.TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task List_OfOneDirectory_HasNothingOfTheOther()
    {
        var mine = await world.Server.MakeDirectory();
        var user = await mine.MakeUser("only.one");

        var users = (await mine.Scim.Get("/Users")).ShouldBe(200);
        var groups = (await mine.Scim.Get("/Groups")).ShouldBe(200);

        users.Resources.Select(r => r!["id"]!.GetValue<string>()).ShouldBe([user]);
        users.TotalResults.ShouldBe(1);
        groups.TotalResults.ShouldBe(0);
    }

    [Fact]
    public async Task GroupMember_OfAnotherDirectory_IsRefusedAsOneThatNeverWas()
    {
        var mine = await world.Server.MakeDirectory();
        var group = await mine.MakeGroup("G");
        var nobody = Guid.CreateVersion7().ToString();
        foreach (var theirs in new[] { world.OtherUser, world.OtherGroup })
        {
            var created = await mine.Scim.Post("/Groups", Bodies.Group("H", theirs));
            var createdUnknown = await mine.Scim.Post("/Groups", Bodies.Group("H", nobody));
            var patched = await mine.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(theirs));
            var patchedUnknown = await mine.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(nobody));
            var put = await mine.Scim.Put($"/Groups/{group}", Bodies.Group("G", theirs));
            var putUnknown = await mine.Scim.Put($"/Groups/{group}", Bodies.Group("G", nobody));

            created.ShouldBeError(400, "invalidValue").Visible(theirs).ShouldBe(createdUnknown.Visible(nobody));
            patched.ShouldBeError(400, "invalidValue").Visible(theirs).ShouldBe(patchedUnknown.Visible(nobody));
            put.ShouldBeError(400, "invalidValue").Visible(theirs).ShouldBe(putUnknown.Visible(nobody));
        }

        (await mine.Scim.Get("/Groups")).TotalResults.ShouldBe(1);
        (await world.Other.Scim.Get($"/Users/{world.OtherUser}")).Json["groups"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Manager_OfAnotherDirectory_IsTreatedAsOneThatNeverWas()
    {
        var mine = await world.Server.MakeDirectory();
        var user = await mine.MakeUser("u");
        var nobody = Guid.CreateVersion7().ToString();
        const string Manager = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

        var theirs = await mine.Scim.Patch($"/Users/{user}", Bodies.Replace(Manager, $"\"{world.OtherUser}\""));
        var unknown = await mine.Scim.Patch($"/Users/{user}", Bodies.Replace(Manager, $"\"{nobody}\""));

        theirs.Status.ShouldBe(unknown.Status);
        theirs.Text.ShouldNotContain(IsolationWorld.OtherUserName);
        (await mine.Scim.Get($"/Users/{user}")).Text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task SameNamesAndKeys_InTwoDirectories_DoNotMeet()
    {
        var one = await world.Server.MakeDirectory();
        var two = await world.Server.MakeDirectory(one.Tenant);
        var key = ("Idempotency-Key", "same-key");

        var first = await one.Scim.Post("/Users", Bodies.User("same.name", ""","externalId":"x" """), key);
        var second = await two.Scim.Post("/Users", Bodies.User("SAME.NAME", ""","externalId":"x" """), key);

        first.ShouldBe(201);
        second.ShouldBe(201);
        first.Id.ShouldNotBe(second.Id);
        (await one.Scim.Delete($"/Users/{first.Id}")).ShouldBe(204);
        (await two.Scim.Get($"/Users/{second.Id}")).ShouldBe(200);
    }

    private Task<Answer> Send(EndpointCase endpoint, string? token, string directory, string id)
    {
        var path = endpoint.Pattern
            .Replace("{directory}", directory, StringComparison.Ordinal)
            .Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{**rest}", $"Elsewhere/{id}", StringComparison.Ordinal);
        return world.Server.Client("", token).Send(endpoint.Method, path, endpoint.Body);
    }
}
