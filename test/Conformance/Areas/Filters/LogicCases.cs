using static Conformance.Areas.Filters.FilterCheck;

namespace Conformance.Areas.Filters;

/// <summary><c>and</c>, <c>or</c>, <c>not</c> and grouping, and which goes first (RFC 7644 §3.4.2.2, Tables 4 and 5).</summary>
internal static class LogicCases
{
    public static IEnumerable<Case> All =>
    [
        Finds("filter.and.both", "and finds who satisfies both", "active eq true and title eq \"Dancer\"", "cyd"),
        Finds("filter.and.none", "and finds nobody where one side has none", "active eq true and title eq \"builder\""),
        Finds("filter.and.three", "and of three", "title pr and active eq true and name.givenName pr", "ada"),
        Finds("filter.or.either", "or finds who satisfies either", "title eq \"Dancer\" or title eq \"builder\"", "bob", "cyd"),
        Finds("filter.or.once", "or finds who satisfies both once", "title eq \"Dancer\" or active eq true", "ada", "cyd"),
        Finds("filter.or.three", "or of three", "title eq \"Dancer\" or title eq \"builder\" or title eq \"Countess\"", "ada", "bob", "cyd"),
        Finds("filter.not.group", "not before a group", "not (title eq \"Dancer\" or title eq \"builder\")", "ada", "dan"),
        Finds("filter.not.twice", "not within not", "not (not (title eq \"Dancer\"))", "cyd"),
        Finds("filter.not.and", "not binds closer than and", "not (active eq true) and title pr", "bob"),
        Finds("filter.not.absent", "not (eq) is true of who has none", "not (title eq \"Dancer\")", "ada", "bob", "dan"),
        Finds("filter.precedence.or-and", "a or b and c is a or (b and c)", "title eq \"builder\" or title eq \"Dancer\" and active eq false", "bob"),
        Finds("filter.precedence.and-or", "a and b or c is (a and b) or c", "title eq \"Dancer\" and active eq false or title eq \"builder\"", "bob"),
        Finds("filter.precedence.group", "(a or b) and c", "(title eq \"builder\" or title eq \"Dancer\") and active eq true", "cyd"),
        Finds("filter.precedence.right-group", "c and (a or b)", "active eq true and (title eq \"builder\" or title eq \"Dancer\")", "cyd"),
        Finds("filter.precedence.nested", "Groups within groups", "((title eq \"builder\") or ((active eq true) and (title sw \"D\")))", "bob", "cyd"),
        Finds("filter.spaces.none-after-not", "No space stands between not and its bracket", "not(title pr)", "dan"),
        Finds("filter.case.operators", "Operators in capitals", "title EQ \"builder\" OR title Eq \"Dancer\"", "bob", "cyd"),
        Finds("filter.case.not", "NOT and AND in capitals", "NOT (title pr) AND userName pr", "dan"),
        Must("filter.or.whole-list", "or is not narrowed by an and beside it", Source, async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            var people = await t.People();
            var answer = (await t.Find("/Users", $"userName eq \"{people["ada"].Name}\" or userName eq \"{people["bob"].Name}\"")).Is(200).Has("totalResults", 2);
            answer.True(people.In(answer).Order(StringComparer.Ordinal).SequenceEqual(["ada", "bob"], StringComparer.Ordinal), "ada and bob");
        }),
    ];
}
