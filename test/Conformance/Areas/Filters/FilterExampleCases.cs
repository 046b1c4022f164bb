using static Conformance.Areas.Filters.FilterCheck;

namespace Conformance.Areas.Filters;

/// <summary>The filters that the RFC itself gives as examples (RFC 7644 §3.4.2.2, Figure 2), on people of this suite.</summary>
internal static class FilterExampleCases
{
    private const string Figure = "RFC 7644 §3.4.2.2, Figure 2";

    public static IEnumerable<Case> All =>
    [
        FindsAs("filter.example.schemas", "schemas eq \"<extension>\" finds who uses it", Figure, $"schemas eq \"{Urns.Enterprise}\"", "ada", "bob"),
        FindsAs("filter.example.schemas-core", "schemas eq \"<core>\" finds all", Figure, $"schemas eq \"{Urns.User}\"", "ada", "bob", "cyd", "dan"),
        FindsAs("filter.example.urn-sw", "urn:…:User:userName sw", Figure, $"{Urns.User}:userName sw \"{{tag}}-a\"", "ada"),
        FindsAs("filter.example.last-modified", "meta.lastModified gt, ge, lt and le", Figure, "meta.lastModified gt \"2011-05-13T04:42:34Z\" and meta.lastModified ge \"2011-05-13T04:42:34Z\" and not (meta.lastModified lt \"2011-05-13T04:42:34Z\") and not (meta.lastModified le \"2011-05-13T04:42:34Z\")", "ada", "bob", "cyd", "dan"),
        FindsAs("filter.example.pr-and", "title pr and userType eq", Figure, "title pr and userType eq \"Employee\"", "ada"),
        FindsAs("filter.example.pr-or", "title pr or userType eq", Figure, "title pr or userType eq \"Intern\"", "ada", "bob", "cyd"),
        FindsAs("filter.example.group", "userType eq and (emails co or emails.value co)", Figure, "userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")", "ada"),
        FindsAs("filter.example.not", "userType ne and not (emails co or emails.value co)", Figure, "userType ne \"Employee\" and not (emails co \"example.net\" or emails.value co \"cyd@\")", "dan"),
        FindsAs("filter.example.type", "userType eq and (emails.type eq)", Figure, "userType eq \"Employee\" and (emails.type eq \"work\")", "ada"),
        FindsAs("filter.example.value-path", "userType eq and emails[type eq and value co]", Figure, "userType eq \"Employee\" and emails[type eq \"work\" and value co \"@work.example.org\"]", "ada"),
        FindsAs("filter.example.value-paths", "emails[…] or ims[…]", Figure, "emails[type eq \"work\" and value co \"@work.example.org\"] or ims[type eq \"xmpp\" and value co \"@foo.com\"]", "ada", "cyd"),
        FindsAs("filter.meta.location", "meta.location is text that holds the id", "RFC 7643 §3.1", "meta.location co \"/Users/\"", "ada", "bob", "cyd", "dan"),
        FindsAs("filter.extension.and-core", "An extension's attribute and a core one", Source, $"{Urns.Enterprise}:department eq \"Building\" and title eq \"builder\"", "bob"),
        FindsAs("filter.extension.not", "not of an extension's attribute is true of who has none", Source, $"not ({Urns.Enterprise}:department pr)", "cyd", "dan"),
        Must("filter.meta.version", "meta.version eq finds the version", "RFC 7643 §3.1", async t =>
        {
            Attempt.Needs(t.Server.ETag && t.Server.Filter, "versions and filters");
            var people = await t.People();
            var version = people["cyd"].Created.String("meta/version");
            (await t.Find("/Users", $"id eq \"{people["cyd"].Id}\" and meta.version eq {Json.Quote(version)}")).Is(200).Has("totalResults", 1);
        }),
    ];
}
