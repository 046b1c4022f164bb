using static Conformance.Areas.Filters.FilterCheck;

namespace Conformance.Areas.Filters;

/// <summary>How attributes are named in a filter (RFC 7644 §3.10; RFC 7643 §2.1).</summary>
internal static class NameCases
{
    public static IEnumerable<Case> All =>
    [
        FindsAs("filter.names.any-case", "Attribute names do not regard case", "RFC 7643 §2.1", "TITLE eq \"Dancer\"", "cyd"),
        FindsAs("filter.names.sub-any-case", "Names of sub-attributes do not regard case", "RFC 7643 §2.1", "NAME.GivenName eq \"Bob\"", "bob"),
        FindsAs("filter.names.in-brackets-any-case", "Names within brackets do not regard case", "RFC 7643 §2.1", "Emails[Type eq \"home\"]", "ada", "bob"),
        FindsAs("filter.names.core-urn", "An attribute of the core schema by its full name", "RFC 7644 §3.10", $"{Urns.User}:title eq \"Dancer\"", "cyd"),
        FindsAs("filter.names.core-urn-sub", "A sub-attribute by its full name", "RFC 7644 §3.10", $"{Urns.User}:name.givenName eq \"Bob\"", "bob"),
        FindsAs("filter.names.core-urn-value-path", "A value path by its full name", "RFC 7644 §3.10", $"{Urns.User}:emails[type eq \"home\"]", "ada", "bob"),
        FindsAs("filter.names.extension", "An attribute of an extension by its full name", "RFC 7644 §3.10", $"{Urns.Enterprise}:department eq \"Analysis\"", "ada"),
        FindsAs("filter.names.extension-sw", "sw on an attribute of an extension", "RFC 7644 §3.10", $"{Urns.Enterprise}:employeeNumber sw \"100\"", "ada", "bob"),
        FindsAs("filter.names.extension-any-case", "URNs do not regard case", "RFC 8141 §3.1", $"{Urns.Enterprise.ToUpperInvariant()}:DEPARTMENT eq \"analysis\"", "ada"),
        TypedFilterCases.Refused("filter.names.unknown", "An unknown attribute is invalidFilter", "shoeSize eq \"9\""),
        TypedFilterCases.Refused("filter.names.unknown-sub", "An unknown sub-attribute is invalidFilter", "name.shoeSize eq \"9\""),
        TypedFilterCases.Refused("filter.names.unknown-urn", "An unknown schema is invalidFilter", "urn:example:params:nothing:User:title eq \"9\""),
        TypedFilterCases.Refused("filter.names.too-deep", "A sub-attribute of a sub-attribute is invalidFilter", "name.givenName.length eq \"9\""),
    ];
}
