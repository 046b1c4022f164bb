namespace Conformance.Areas.Filters;

/// <summary>Filters that are none, some of them with ill intent: 400 invalidFilter, never 5xx and never everybody.</summary>
internal static class MalformedFilterCases
{
    private static readonly (string Id, string What, string Filter)[] Filters =
    [
        ("empty-value", "an operator without a value", "userName eq"),
        ("no-operator", "an attribute alone", "userName"),
        ("no-attribute", "a value alone", "\"x\""),
        ("unquoted", "text without quotes", "userName eq x"),
        ("single-quotes", "text in single quotes", "userName eq 'x'"),
        ("unclosed-quote", "a quote that does not close", "userName eq \"x"),
        ("unknown-operator", "an unknown operator", "userName like \"x\""),
        ("equals-sign", "= for eq", "userName = \"x\""),
        ("double-equals", "== for eq", "userName == \"x\""),
        ("dangling-and", "and without a right side", "userName eq \"x\" and"),
        ("leading-or", "or without a left side", "or userName eq \"x\""),
        ("unclosed-group", "a group that does not close", "(userName eq \"x\""),
        ("unopened-group", "a group that does not open", "userName eq \"x\")"),
        ("empty-group", "an empty group", "()"),
        ("not-without-group", "not without brackets", "not userName eq \"x\""),
        ("two-values", "two values", "userName eq \"x\" \"y\""),
        ("pr-with-value", "pr with a value", "userName pr \"x\""),
        ("bad-escape", "an escape that JSON does not have", "userName eq \"\\x\""),
        ("no-space", "no space before the value", "userName eq\"x\""),
        ("semicolon", "a second statement", "userName eq \"x\"; drop table users"),
        ("sql", "SQL", "userName eq \"x\" OR 1=1 --"),
        ("sql-comment", "a comment of SQL", "userName eq \"x\" /* */ or userName pr"),
        ("ldap", "LDAP", "(&(uid=*)(objectClass=*))"),
        ("mongo", "MongoDB", "{\"userName\":{\"$ne\":null}}"),
        ("template", "a template", "${7*7}"),
        ("line-break", "a line break for an and", "userName eq \"x\"\nuserName pr"),
        ("nul", "a NUL", "userName eq \"x\"\0 or userName pr"),
        ("word-boolean", "a word for a boolean", "active eq maybe"),
        ("bad-number", "a number that JSON does not have", "active eq 01x"),
        ("deep", "5,000 open groups", new string('(', 5000) + "userName pr" + new string(')', 5000)),
        ("long", "10,000 conditions", string.Join(" or ", Enumerable.Repeat("id pr", 10_000))),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Filters.Where(f => f.Filter.Length < 8000).Select(f => TypedFilterCases.Refused($"filter.malformed.{f.Id}", $"{f.What} is invalidFilter", f.Filter)),
        .. Filters.Where(f => f.Filter.Length >= 8000).Select(f => Must($"filter.limits.{f.Id}", $"{f.What}: refused with 400, 413, 414 or 431, or answered; never 5xx", "RFC 7644 §7.2", async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            (await t.Find("/Users", f.Filter)).Is(200, 400, 413, 414, 431);
        })),
        Must("filter.malformed.empty", "An empty filter is invalidFilter, or as none", FilterCheck.Source, async t => (await t.Get("/Users?filter=&count=1")).Is(200, 400)),
        Must("filter.malformed.injected-value", "Quotes that would end another language's text are text", "RFC 7644 §7.2", async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            (await t.Find("/Users", "userName eq \"' OR '1'='1\"")).Is(200).Has("totalResults", 0);
        }),
        Must("filter.malformed.on-groups", "A malformed filter of groups is invalidFilter, too", FilterCheck.Source, async t =>
        {
            Attempt.Needs(t.Server.Filter && t.Server.Groups, "filters of groups");
            (await t.Find("/Groups", "displayName eq")).IsError(400, "invalidFilter");
        }),
        Must("filter.not-offered", "A server without filters refuses one", FilterCheck.Source, async t =>
        {
            Attempt.NeedsNo(t.Server.Filter, "filters");
            (await t.Find("/Users", "userName pr")).Is(400, 403, 501);
        }),
    ];
}
