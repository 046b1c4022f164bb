using static Conformance.Areas.Filters.FilterCheck;

namespace Conformance.Areas.Filters;

/// <summary><c>pr</c>: "has a non-empty or non-null value, or contains a non-empty node for complex attributes".</summary>
internal static class PresenceCases
{
    public static IEnumerable<Case> All =>
    [
        Finds("filter.pr.text", "pr on text", "title pr", "ada", "bob", "cyd"),
        Finds("filter.pr.boolean", "pr on a boolean, also one that is false", "active pr", "ada", "bob", "cyd"),
        Finds("filter.pr.complex", "pr on a complex attribute", "name pr", "ada", "bob", "cyd"),
        Finds("filter.pr.sub-attribute", "pr on a sub-attribute", "name.givenName pr", "ada", "bob"),
        Finds("filter.pr.multi-valued", "pr on a multi-valued attribute", "emails pr", "ada", "bob", "cyd"),
        Finds("filter.pr.multi-valued-sub", "pr on a sub-attribute of any value", "emails.primary pr", "ada", "bob"),
        Finds("filter.pr.extension", "pr on an attribute of an extension", $"{Urns.Enterprise}:costCenter pr", "ada"),
        Finds("filter.pr.nobody", "pr on what nobody has", "photos pr"),
        Finds("filter.pr.id", "pr on what all have", "id pr", "ada", "bob", "cyd", "dan"),
        Finds("filter.pr.meta", "pr on a dateTime", "meta.created pr", "ada", "bob", "cyd", "dan"),
        Finds("filter.pr.not", "not (… pr) finds who has none", "not (title pr)", "dan"),
        Finds("filter.pr.capitals", "PR in capitals", "title PR", "ada", "bob", "cyd"),
        Must("filter.pr.cleared", "pr is false of an attribute that was sent as an empty array", "RFC 7643 §2.5", async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            var user = await t.NewUser("""{"emails":[],"title":null}""");
            (await t.Find("/Users", $"userName eq \"{user.Name}\" and (emails pr or title pr)")).Is(200).Has("totalResults", 0);
        }),
    ];
}
