using static Conformance.Areas.Filters.FilterCheck;

namespace Conformance.Areas.Filters;

/// <summary>Filters on one value of a multi-valued attribute (RFC 7644 §3.4.2.2, Table 5 and Figure 1).</summary>
internal static class ValuePathCases
{
    public static IEnumerable<Case> All =>
    [
        Finds("filter.value-path.one-value", "Both conditions are of the same value", "emails[type eq \"work\" and value co \"example.net\"]", "bob"),
        Finds("filter.value-path.not-across", "Conditions that different values satisfy do not match", "emails[type eq \"home\" and value co \"example.net\"]"),
        Finds("filter.value-path.single", "One condition", "emails[type eq \"home\"]", "ada", "bob"),
        Finds("filter.value-path.or", "or in the brackets", "emails[type eq \"home\" or value ew \"work.example.org\"]", "ada", "bob", "cyd"),
        Finds("filter.value-path.not", "not in the brackets", "emails[not (type eq \"work\")]", "ada", "bob"),
        Finds("filter.value-path.boolean", "A boolean in the brackets", "emails[primary eq true and type eq \"home\"]", "bob"),
        Finds("filter.value-path.pr", "pr in the brackets", "emails[primary pr]", "ada", "bob"),
        Finds("filter.value-path.group", "A group in the brackets", "emails[(type eq \"home\" or type eq \"other\") and value sw \"ada\"]", "ada"),
        Finds("filter.value-path.and", "Two value paths", "emails[type eq \"home\"] and emails[value co \"example.net\"]", "bob"),
        Finds("filter.value-path.with-not", "not before a value path in brackets", "not (emails[type eq \"home\"])", "cyd", "dan"),
        Finds("filter.value-path.any-case", "The value is compared without regard to case", "emails[type eq \"HOME\"]", "ada", "bob"),
        FindsAs("filter.value-path.sub-attribute", "A sub-attribute behind the brackets: the matching attribute of Entra ID", "Entra: customize attribute mappings", "emails[type eq \"work\"].value eq \"cyd@work.example.org\"", "cyd"),
        FindsAs("filter.value-path.sub-attribute-other", "A sub-attribute behind the brackets does not match another value", "Entra: customize attribute mappings", "emails[type eq \"home\"].value eq \"cyd@work.example.org\""),
        TypedFilterCases.Refused("filter.value-path.unclosed", "A bracket that does not close is invalidFilter", "emails[type eq \"work\""),
        TypedFilterCases.Refused("filter.value-path.empty", "Empty brackets are invalidFilter", "emails[]"),
        TypedFilterCases.Refused("filter.value-path.nested", "Brackets within brackets are invalidFilter", "emails[type[value eq \"work\"]]"),
        TypedFilterCases.Refused("filter.value-path.unknown", "An unknown sub-attribute in brackets is invalidFilter", "emails[shoeSize eq \"work\"]"),
    ];
}
