using static Conformance.Areas.Patch.PatchCheck;

namespace Conformance.Areas.Patch;

/// <summary>The PATCHes that the RFC itself gives as examples (RFC 7644 §3.5.2), on users of this suite.</summary>
internal static class PatchExampleCases
{
    private const string Addresses = """
        {"addresses":[{"type":"work","streetAddress":"1 Old","locality":"L","country":"US","primary":true},{"type":"home","streetAddress":"2 Home"}]}
        """;

    public static IEnumerable<Case> All =>
    [
        Changes("patch.example.add-no-path", "add of an address and a nickname without a path", "RFC 7644 §3.5.2.1", """{"emails":[{"value":"old@example.com","type":"work"}]}""",
            """{"op":"add","value":{"emails":[{"value":"babs@jensen.org","type":"home"}],"nickname":"Babs"}}""",
            a => a.HasValues("emails", ["old@example.com", "babs@jensen.org"]).Has("nickName", "Babs")),
        Changes("patch.example.remove-complex-filter", "remove of emails[type eq \"work\" and value ew \"example.com\"]", "RFC 7644 §3.5.2.2", """{"emails":[{"value":"a@example.com","type":"work"},{"value":"b@example.org","type":"work"}]}""",
            """{"op":"remove","path":"emails[type eq \"work\" and value ew \"example.com\"]"}""", a => a.HasValues("emails", ["b@example.org"])),
        Changes("patch.example.remove-two-and-add", "remove by a filter, then add", "RFC 7644 §3.5.2.2", """{"roles":[{"value":"a"},{"value":"b"}]}""",
            ["""{"op":"remove","path":"roles[value eq \"a\"]"}""", """{"op":"add","path":"roles","value":[{"display":"C","value":"c"}]}"""], a => a.HasValues("roles", ["b", "c"])),
        Changes("patch.example.replace-address", "replace of addresses[type eq \"work\"] by a set of sub-attributes", "RFC 7644 §3.5.2.3", Addresses,
            """{"op":"replace","path":"addresses[type eq \"work\"]","value":{"type":"work","streetAddress":"911 Universal City Plaza","locality":"Hollywood","region":"CA","postalCode":"91608","country":"US","formatted":"911 Universal City Plaza\nHollywood, CA 91608 US","primary":true}}""",
            a => a.True(a.Element("addresses", "type", "work")["region"]?.ToString() == "CA" && a.Element("addresses", "type", "work")["streetAddress"]?.ToString() == "911 Universal City Plaza", "the new work address")
                .True(a.Element("addresses", "type", "home")["streetAddress"]?.ToString() == "2 Home", "the home address as before")),
        Changes("patch.example.replace-street", "replace of addresses[type eq \"work\"].streetAddress", "RFC 7644 §3.5.2.3", Addresses,
            """{"op":"replace","path":"addresses[type eq \"work\"].streetAddress","value":"1010 Broadway Ave"}""",
            a => a.True(a.Element("addresses", "type", "work")["streetAddress"]?.ToString() == "1010 Broadway Ave" && a.Element("addresses", "type", "work")["locality"]?.ToString() == "L", "the street alone")),
        Changes("patch.example.replace-all-emails", "replace of all addresses and the nickname without a path", "RFC 7644 §3.5.2.3", """{"emails":[{"value":"old@example.com","type":"work"}],"nickName":"Old"}""",
            """{"op":"replace","value":{"emails":[{"value":"bjensen@example.com","type":"work","primary":true},{"value":"babs@jensen.org","type":"home"}],"nickname":"Babs"}}""",
            a => a.HasValues("emails", ["bjensen@example.com", "babs@jensen.org"]).Has("nickName", "Babs")),
        Must("patch.at-once", "PATCHes of different attributes at once are all done", "RFC 7644 §3.5.2", async t =>
        {
            var user = await t.NewUser();
            string[] names = ["title", "nickName", "displayName", "locale", "timezone", "userType"];
            var answers = await Task.WhenAll(names.Select(name => t.Patch(user, $$"""{"op":"replace","path":"{{name}}","value":"x-{{name}}"}""")));
            Array.ForEach(answers, a => a.IsDone());
            var read = await t.Read(user);
            Array.ForEach(names, name => read.Has(name, "x-" + name));
        }),
        Must("groups.patch.at-once", "Members that are added at once are all there", "RFC 7644 §3.5.2", async t =>
        {
            var group = await t.NewGroup();
            var users = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => t.NewUser()));
            var answers = await Task.WhenAll(users.Select(u => t.Patch(group, $$"""{"op":"add","path":"members","value":[{"value":"{{u.Id}}"}]}""")));
            Array.ForEach(answers, a => a.IsDone());
            (await t.Read(group)).HasValues("members", [.. users.Select(u => u.Id)]);
        }),
    ];
}
