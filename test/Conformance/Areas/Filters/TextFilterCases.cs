using static Conformance.Areas.Filters.FilterCheck;

namespace Conformance.Areas.Filters;

/// <summary>Each operator on each kind of text (RFC 7644 §3.4.2.2, Table 3).</summary>
internal static class TextFilterCases
{
    public static IEnumerable<Case> All =>
    [
        // userName: caseExact is false.
        Finds("filter.username.eq", "eq on userName", "userName eq \"{tag}-ada\"", "ada"),
        Finds("filter.username.eq-any-case", "eq on userName does not regard case", "userName eq \"{tag}-ADA\"", "ada"),
        Finds("filter.username.eq-nobody", "eq on userName finds nobody else", "userName eq \"{tag}-ad\""),
        Finds("filter.username.ne", "ne on userName", "userName ne \"{tag}-ada\"", "bob", "cyd", "dan"),
        Finds("filter.username.ne-any-case", "ne on userName does not regard case", "userName ne \"{tag}-ADA\"", "bob", "cyd", "dan"),
        Finds("filter.username.co", "co on userName", "userName co \"-da\"", "dan"),
        Finds("filter.username.sw", "sw on userName", "userName sw \"{tag}-c\"", "cyd"),
        Finds("filter.username.sw-whole", "sw with the whole value", "userName sw \"{tag}-cyd\"", "cyd"),
        Finds("filter.username.ew", "ew on userName", "userName ew \"-bob\"", "bob"),
        Finds("filter.username.gt", "gt on userName", "userName gt \"{tag}-bob\"", "cyd", "dan"),
        Finds("filter.username.ge", "ge on userName", "userName ge \"{tag}-bob\"", "bob", "cyd", "dan"),
        Finds("filter.username.lt", "lt on userName", "userName lt \"{tag}-bob\"", "ada"),
        Finds("filter.username.le", "le on userName", "userName le \"{tag}-bob\"", "ada", "bob"),

        // Another text, which some do not have.
        Finds("filter.title.eq", "eq on title", "title eq \"Countess\"", "ada"),
        Finds("filter.title.eq-any-case", "eq on title does not regard case", "title eq \"countess\"", "ada"),
        Finds("filter.title.ne", "ne on title is true of who has none", "title ne \"Countess\"", "bob", "cyd", "dan"),
        Finds("filter.title.co-any-case", "co on title does not regard case", "title co \"UNTE\"", "ada"),
        Finds("filter.title.sw-any-case", "sw on title does not regard case", "title sw \"BUILD\"", "bob"),
        Finds("filter.title.ew-any-case", "ew on title does not regard case", "title ew \"CER\"", "cyd"),
        Finds("filter.title.gt", "gt on title does not regard case, and is false of who has none", "title gt \"bz\"", "ada", "cyd"),
        Finds("filter.title.ge", "ge on title", "title ge \"countess\"", "ada", "cyd"),
        Finds("filter.title.lt", "lt on title is false of who has none", "title lt \"COUNTESS\"", "bob"),
        Finds("filter.title.le", "le on title", "title le \"countess\"", "ada", "bob"),

        // externalId and id: caseExact is true.
        FindsAs("filter.externalid.eq", "eq on externalId", "RFC 7643 §3.1", "externalId eq \"{tag}-Ext-ada\"", "ada"),
        FindsAs("filter.externalid.eq-case", "eq on externalId regards case", "RFC 7643 §3.1", "externalId eq \"{tag}-ext-ada\""),
        FindsAs("filter.externalid.ne-case", "ne on externalId regards case", "RFC 7643 §3.1", "externalId ne \"{tag}-ext-ada\"", "ada", "bob", "cyd", "dan"),
        FindsAs("filter.externalid.co-case", "co on externalId regards case", "RFC 7643 §3.1", "externalId co \"-ext-\""),
        FindsAs("filter.externalid.co", "co on externalId", "RFC 7643 §3.1", "externalId co \"-Ext-d\"", "dan"),
        FindsAs("filter.externalid.sw", "sw on externalId", "RFC 7643 §3.1", "externalId sw \"{tag}-Ext-b\"", "bob"),
        FindsAs("filter.externalid.ew", "ew on externalId", "RFC 7643 §3.1", "externalId ew \"-cyd\"", "cyd"),
        FindsAs("filter.externalid.gt", "gt on externalId", "RFC 7643 §3.1", "externalId gt \"{tag}-Ext-bob\"", "cyd", "dan"),
        FindsAs("filter.externalid.le", "le on externalId", "RFC 7643 §3.1", "externalId le \"{tag}-Ext-bob\"", "ada", "bob"),
        Must("filter.id.eq", "eq on id", Source, async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            var people = await t.People();
            var answer = (await t.Find("/Users", $"id eq \"{people["bob"].Id}\"")).Is(200).Has("totalResults", 1);
            answer.Has("Resources/0/id", people["bob"].Id);
        }),
        Must("filter.id.ne", "ne on id", Source, async t => await Check(t, $"id ne \"{(await t.People())["bob"].Id}\"", "ada", "cyd", "dan")),
        Must("filter.id.eq-nobody", "eq on an id that nothing has is an empty list", Source, async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            (await t.Find("/Users", $"id eq \"{t.Name()}\"")).Is(200).Has("totalResults", 0);
        }),

        // Sub-attributes of a complex attribute.
        Finds("filter.name.eq", "eq on a sub-attribute", "name.givenName eq \"ada\"", "ada"),
        Finds("filter.name.ne", "ne on a sub-attribute is true of who has none", "name.givenName ne \"ada\"", "bob", "cyd", "dan"),
        Finds("filter.name.co", "co on a sub-attribute", "name.familyName co \"LACE\"", "ada"),
        Finds("filter.name.sw", "sw on a sub-attribute", "name.familyName sw \"bui\"", "bob"),
        Finds("filter.name.ew", "ew on a sub-attribute", "name.familyName ew \"lder\"", "bob"),
        Finds("filter.name.gt", "gt on a sub-attribute", "name.givenName gt \"ada\"", "bob"),
        Finds("filter.name.le", "le on a sub-attribute", "name.givenName le \"ada\"", "ada"),
        Finds("filter.name.unicode-case", "Letters beyond ASCII are compared without regard to case, too", "name.familyName eq \"ångström\"", "cyd"),

        // Sub-attributes of a multi-valued attribute: any of the values.
        Finds("filter.emails.eq", "eq on emails.value is true of any of the values", "emails.value eq \"ada@home.example.org\"", "ada"),
        Finds("filter.emails.co", "co on emails.value", "emails.value co \"@home.\"", "ada", "bob"),
        Finds("filter.emails.sw", "sw on emails.value", "emails.value sw \"robert\"", "bob"),
        Finds("filter.emails.ew", "ew on emails.value", "emails.value ew \".net\"", "bob"),
        Finds("filter.emails.type", "eq on emails.type", "emails.type eq \"home\"", "ada", "bob"),
        Finds("filter.emails.gt", "gt on emails.value is true of any of the values", "emails.value gt \"cyd\"", "bob", "cyd"),
        Finds("filter.emails.plain", "A complex multi-valued attribute is compared by its value", "emails co \"example.net\"", "bob"),
        Finds("filter.phones.eq", "eq on phoneNumbers.value, with a plus and a space", "phoneNumbers.value eq \"+44 1\"", "ada"),

        // References.
        FindsBy(Urns.User, "profileUrl", "filter.reference.eq", "eq on a reference", "profileUrl eq \"https://people.example.org/bob\"", "bob"),
        FindsBy(Urns.User, "profileUrl", "filter.reference.ne", "ne on a reference", "profileUrl ne \"https://people.example.org/bob\"", "ada", "cyd", "dan"),
        FindsBy(Urns.User, "profileUrl", "filter.reference.co", "co on a reference", "profileUrl co \"example.org/a\"", "ada"),
        FindsBy(Urns.User, "profileUrl", "filter.reference.sw", "sw on a reference", "profileUrl sw \"https://people\"", "ada", "bob"),
        FindsBy(Urns.User, "profileUrl", "filter.reference.ew", "ew on a reference", "profileUrl ew \"/bob\"", "bob"),

        // Text with what JSON escapes.
        Finds("filter.text.escaped-quote", "A quote in a value is escaped as in JSON", "displayName co \"\\\"Quote\\\"\"", "cyd"),
        Finds("filter.text.apostrophe", "An apostrophe is a letter like any other", "displayName ew \"O'Hara\"", "cyd"),
        Finds("filter.text.unicode-escape", "\\u escapes are understood", "title eq \"\\u0043ountess\"", "ada"),
        Finds("filter.text.operators-inside", "Operators and brackets within a value are text", "title eq \"x or (title pr) and [\""),
        Finds("filter.text.wildcards", "Wildcards of other languages are text", "title co \"%\" or title co \"*\" or title eq \"_ountess\""),
        Finds("filter.text.empty-co", "co with an empty text is true of whatever there is", "nickName co \"\"", "ada"),
    ];
}
