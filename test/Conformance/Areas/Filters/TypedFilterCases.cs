using static Conformance.Areas.Filters.FilterCheck;

namespace Conformance.Areas.Filters;

/// <summary>Each operator on what is not text (RFC 7644 §3.4.2.2, Table 3).</summary>
internal static class TypedFilterCases
{
    private static readonly string[] Orders = ["gt", "ge", "lt", "le"];
    private static readonly string[] Substrings = ["co", "sw", "ew"];

    public static IEnumerable<Case> All =>
    [
        Finds("filter.boolean.eq-true", "eq true", "active eq true", "ada", "cyd"),
        Finds("filter.boolean.eq-false", "eq false", "active eq false", "bob"),
        Finds("filter.boolean.ne-true", "ne true is true of who has none", "active ne true", "bob", "dan"),
        Finds("filter.boolean.ne-false", "ne false is true of who has none", "active ne false", "ada", "cyd", "dan"),
        .. Orders.Select(op => Refused($"filter.boolean.{op}", $"{op} on a boolean is invalidFilter", $"active {op} true")),
        Finds("filter.boolean.sub", "eq on a boolean sub-attribute", "emails.primary eq true", "ada", "bob"),

        .. Binary(),

        Dated("filter.datetime.eq", "eq on a dateTime", "eq", (time, _) => time, (value, at) => value == at),
        Dated("filter.datetime.ne", "ne on a dateTime", "ne", (time, _) => time, (value, at) => value != at),
        Dated("filter.datetime.gt", "gt on a dateTime", "gt", (time, _) => time, (value, at) => value > at),
        Dated("filter.datetime.ge", "ge on a dateTime", "ge", (time, _) => time, (value, at) => value >= at),
        Dated("filter.datetime.lt", "lt on a dateTime", "lt", (time, _) => time, (value, at) => value < at),
        Dated("filter.datetime.le", "le on a dateTime", "le", (time, _) => time, (value, at) => value <= at),
        Dated("filter.datetime.offset", "The same instant in another time zone is equal", "eq", (_, at) => at.ToOffset(TimeSpan.FromHours(5)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", null), (value, at) => value == at),
        Dated("filter.datetime.offset-gt", "Instants, not texts, are put in order", "gt", (_, at) => at.ToOffset(TimeSpan.FromHours(-9)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", null), (value, at) => value > at),
        Finds("filter.datetime.past", "gt a time long ago, without fraction", "meta.created gt \"2011-05-13T04:42:34Z\"", "ada", "bob", "cyd", "dan"),
        Finds("filter.datetime.future", "ge a time to come", "meta.lastModified ge \"2999-01-01T00:00:00Z\""),
        Refused("filter.datetime.no-date", "A text that is no dateTime is invalidFilter", "meta.created gt \"yesterday\""),

        Finds("filter.meta.resource-type", "meta.resourceType is text", "meta.resourceType eq \"User\"", "ada", "bob", "cyd", "dan"),

        FindsAs("filter.null.eq", "eq null is true of who has none", "RFC 7643 §2.5", "title eq null", "dan"),
        FindsAs("filter.null.ne", "ne null is true of who has one", "RFC 7643 §2.5", "title ne null", "ada", "bob", "cyd"),

        .. Substrings.Select(op => Refused($"filter.boolean.{op}", $"{op} on a boolean is invalidFilter", $"active {op} true")),
        Refused("filter.type.text-with-number", "Text compared with a number is invalidFilter", "userName eq 7"),
        Refused("filter.type.boolean-with-number", "A boolean compared with a number is invalidFilter", "active eq 1"),
        Refused("filter.type.complex-without-value", "A complex attribute without a value cannot be compared", "name eq \"x\""),
    ];

    private static IEnumerable<Case> Binary() =>
    [
        FindsBy(Urns.User, "x509Certificates", "filter.binary.eq", "eq on binary", "x509Certificates.value eq \"QURB\"", "ada"),
        FindsBy(Urns.User, "x509Certificates", "filter.binary.eq-case", "Base64 regards case", "x509Certificates.value eq \"qurb\""),
        FindsBy(Urns.User, "x509Certificates", "filter.binary.ne", "ne on binary", "x509Certificates.value ne \"QURB\"", "bob", "cyd", "dan"),
        .. Orders.Select(op => Must($"filter.binary.{op}", $"{op} on binary is invalidFilter", Source, async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            t.NeedsAttribute(Urns.User, "x509Certificates");
            (await t.Find("/Users", $"x509Certificates.value {op} \"QURB\"")).IsError(400, "invalidFilter");
        })),
    ];

    public static Case Refused(string id, string title, string filter) => Must(id, title, Source, async t =>
    {
        Attempt.Needs(t.Server.Filter, "filters");
        (await t.Find("/Users", filter)).IsError(400, "invalidFilter");
    });

    /// <summary>Compares <c>meta.created</c> with the time of bob.</summary>
    private static Case Dated(string id, string title, string op, Func<string, DateTimeOffset, string> write, Func<DateTimeOffset, DateTimeOffset, bool> expected) =>
        Must(id, title, Source, async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            var people = await t.People();
            var text = people["bob"].Created.String("meta/created");
            var at = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            var matching = people.Keys.Where(key =>
                expected(DateTimeOffset.Parse(people[key].Created.String("meta/created"), System.Globalization.CultureInfo.InvariantCulture), at));
            await Check(t, $"meta.created {op} \"{write(text, at)}\"", [.. matching]);
        });
}
