namespace Conformance.Areas.Read;

/// <summary>GET of one resource, DELETE, and lists without a filter (RFC 7644 §3.4.1, §3.4.2, §3.6).</summary>
internal static class ReadCases
{
    public static IEnumerable<Case> All =>
    [
        Must("read.known", "A known user is 200", "RFC 7644 §3.4.1", async t =>
        {
            var user = await t.NewUser();
            (await t.Get(user.Path)).Is(200).Has("id", user.Id).Has("userName", user.Name);
        }),
        Must("read.unknown", "An unknown user is a 404 error", "RFC 7644 §3.4.1", async t => (await t.Get($"/Users/{Guid.NewGuid()}")).IsError(404)),
        Must("read.other-type", "A user's id among groups is 404", "RFC 7644 §3.4.1", async t =>
        {
            Attempt.Needs(t.Server.Groups, "groups");
            (await t.Get($"/Groups/{(await t.NewUser()).Id}")).IsError(404);
        }),
        Must("read.id-case", "An id regards case", "RFC 7643 §3.1", async t =>
        {
            var user = await t.NewUser();
            Attempt.Needs(user.Id.ToUpperInvariant() != user.Id, "ids with letters in lower case");
            (await t.Get($"/Users/{user.Id.ToUpperInvariant()}")).IsError(404);
        }),
        Must("read.list", "A list is a ListResponse with totalResults", "RFC 7644 §3.4.2", async t =>
        {
            await t.NewUser();
            var answer = (await t.Get("/Users?count=5")).Is(200).HasJson("schemas", $"""["{Urns.List}"]""");
            answer.True(answer.TotalResults >= 1 && answer.Resources.Count >= 1, "at least one user");
        }),
        Must("read.list-found", "A new user is in the list", "RFC 7644 §3.4.2; scim2-tester", async t =>
        {
            var user = await t.NewUser();
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("Resources/0/id", user.Id);
        }),
        Must("read.list-same", "A user in a list is as it is alone", "RFC 7644 §3.4.2", async t =>
        {
            var user = await t.NewUser("""{"title":"T","emails":[{"value":"a@example.org"}]}""");
            var alone = await t.Read(user);
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("Resources/0", alone.Json);
        }),
        Must("read.list-empty", "A query that finds nothing is 200 with totalResults 0, never 404", "RFC 7644 §3.4.2; Entra: SCIM endpoint requirements", async t =>
        {
            var answer = (await t.Find("/Users", $"userName eq \"{t.Name()}\"")).Is(200).Has("totalResults", 0).HasJson("schemas", $"""["{Urns.List}"]""");
            answer.True(answer.Resources.Count == 0, "no resources");
        }),
        Must("read.groups-list", "Groups are listed", "RFC 7644 §3.4.2", async t =>
        {
            var group = await t.NewGroup();
            (await t.Find("/Groups", $"displayName eq \"{group.Name}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", group.Id);
        }),
        Must("delete.status", "DELETE is 204 without a body", "RFC 7644 §3.6", async t =>
        {
            var answer = (await t.Delete((await t.NewUser()).Path)).Is(204);
            answer.True(answer.Bytes.Length == 0, "no body");
        }),
        .. ((string[])["GET", "PUT", "PATCH", "DELETE"]).Select(method => Must($"delete.then-{method.ToLowerInvariant()}", $"{method} of what was deleted is 404", "RFC 7644 §3.6", async t =>
        {
            var user = await t.NewUser();
            (await t.Delete(user.Path)).Is(204);
            var body = method == "PUT" ? t.UserJson() : method == "PATCH" ? Attempt.PatchJson("""{"op":"replace","path":"title","value":"T"}""") : null;
            (await t.Send(method, user.Path, body)).IsError(404);
        })),
        Must("delete.not-found", "Who was deleted is not found by a filter", "RFC 7644 §3.6", async t =>
        {
            var user = await t.NewUser();
            (await t.Delete(user.Path)).Is(204);
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 0);
        }),
        Must("delete.unknown", "DELETE of nobody is 404", "RFC 7644 §3.6", async t => (await t.Delete($"/Users/{Guid.NewGuid()}")).IsError(404)),
        Must("delete.group", "DELETE of a group is 204, and leaves its members", "RFC 7644 §3.6", async t =>
        {
            var user = await t.NewUser();
            var group = await t.NewGroup(user);
            (await t.Delete(group.Path)).Is(204);
            (await t.Get(group.Path)).IsError(404);
            await t.Read(user);
        }),
    ];
}
