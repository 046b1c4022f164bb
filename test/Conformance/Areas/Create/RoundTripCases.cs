namespace Conformance.Areas.Create;

/// <summary>Every attribute comes back as it was sent (RFC 7644 §3.3), by GET, too.</summary>
internal static class RoundTripCases
{
    public static IEnumerable<Case> All =>
    [
        .. Sample.All.Select(s => Must($"create.round-trip.{s.Key}", $"'{s.Path}' is kept as it was sent", "RFC 7644 §3.3; Microsoft validator", async t =>
        {
            t.NeedsAttribute(s.Schema, s.Name);
            var user = await t.NewUser(s.Members(s.First));
            user.Created.HasJson(s.Place, s.First);
            (await t.Read(user)).HasJson(s.Place, s.First);
        })),
        Must("create.round-trip.manager", "'manager' is kept, and refers to the user", "RFC 7643 §4.3", async t =>
        {
            t.NeedsAttribute(Urns.Enterprise, "manager/value");
            var boss = await t.NewUser();
            var user = await t.NewUser(Urns.InEnterprise($$"""{"manager":{"value":"{{boss.Id}}"} }"""));
            (await t.Read(user)).Has($"{Urns.Enterprise}/manager/value", boss.Id);
        }),
        Must("create.round-trip.external-id", "'externalId' is kept, with its case", "RFC 7643 §3.1", async t =>
        {
            var name = t.Name("Ext");
            (await t.Read(await t.NewUser($$"""{"externalId":"{{name}}"}"""))).Has("externalId", name);
        }),
        Must("create.round-trip.username-case", "'userName' keeps its case", "RFC 7643 §4.1.1", async t =>
        {
            var user = await t.NewUser(userName: t.Name("MiXeD.Case@Example.ORG"));
            (await t.Read(user)).Has("userName", user.Name);
        }),
        Must("create.round-trip.boolean-false", "false is a value, not unassigned", "RFC 7643 §2.3.2", async t =>
            (await t.Read(await t.NewUser("""{"active":false,"emails":[{"value":"a@example.org","primary":false}]}"""))).Has("active", false)),
        Must("create.round-trip.all", "All attributes at once", "RFC 7643 §8.3", async t =>
        {
            var offered = Sample.All.Where(s => s.Schema == Urns.User && !s.Name.Contains('/') && t.Server.Attribute(s.Schema, s.Name) is not null).ToList();
            var members = new System.Text.Json.Nodes.JsonObject();
            foreach (var s in offered)
            {
                members[s.Name] = Json.Parse(s.Second);
            }

            var read = await t.Read(await t.NewUser(Json.Text(members)));
            offered.ForEach(s => read.HasJson(s.Name, s.Second));
        }),
    ];
}
