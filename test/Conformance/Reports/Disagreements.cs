namespace Conformance.Reports;

/// <summary>Where others and the RFCs contradict each other.</summary>
internal static class Disagreements
{
    public static IReadOnlyList<Disagreement> All { get; } =
    [
        new(
            "SCIMReferenceCode, Postman: “Get ServiceProviderConfig”",
            "the document at `/serviceConfiguration`",
            "RFC 7644 §4: “An HTTP GET to this endpoint [/ServiceProviderConfig] will return a JSON structure that describes the SCIM specification features available on a service provider.”",
            "`/ServiceProviderConfig` (`discovery.config.*`)"),
        new(
            "SCIMReferenceCode, Postman: “Get ResourceTypes”",
            "`Resources[0]` is `/Users`",
            "RFC 7644 §3.4.2 gives a list no order unless `sortBy` asks for one.",
            "a resource type with the endpoint `/Users` is there, wherever (`discovery.types.user`)"),
        new(
            "SCIMReferenceCode, Postman: “patch user omalley …”, “Group patch add member”",
            "PATCH of a user is answered 204, nothing else",
            "RFC 7644 §3.5.2: “the server either MUST return a 200 OK response code and the entire resource within the response body, … or MAY return HTTP status code 204 (No Content)”",
            "200 with the resource or 204 (`patch.*`)"),
        new(
            "SCIMReferenceCode, Postman: “Get user attributes” of the complex attribute tests",
            "`attributes=emails[type eq \"work\"]`",
            "RFC 7644 §3.9: “A multi-valued list of strings indicating the names of resource attributes to return”; §3.10 gives them the form of attribute notation, which has no value filter",
            "not checked; Muster leaves the filter out and shows all of `emails`, as the collection's own assertion allows"),
        new(
            "SCIMReferenceCode, Postman: “Get group by id”",
            "a member shows the user's displayName",
            "RFC 7643 §4.2 and §8.7.1: a member has `value`, `$ref` and `type`; §2.4 has `display` as a value that a server may leave out",
            "`value`, `$ref`, `type` (`groups.*`)"),
        new(
            "SCIMReferenceCode, Postman: “Group patch add member” of the tests with garbage",
            "`\"value\": \"string id 1\"` is taken as a member",
            "RFC 7643 §4.2: a member's value is the `id` of a SCIM resource, either a User or a Group",
            "400 or 404, or kept; never dropped without a word (`groups.unknown-member`)"),
        new(
            "SCIMReferenceCode, Postman: “filter starts with” and others",
            "`userName sw O`, without quotes",
            "RFC 7644 §3.4.2.2: “compValue = false / null / true / number / string”, a string as in JSON: in double quotes",
            "400 `invalidFilter` (`filter.malformed.unquoted`)"),
        new(
            "SCIMReferenceCode, Postman: “Put a user misspelled attribute”",
            "PUT with an unknown attribute is 200, and the attribute is not kept",
            "RFC 7644 §3.3 and §3.5.1 leave unknown attributes to the server; §3.12 has `invalidSyntax` for a body that does not conform to the schema",
            "200 or 201 without the attribute, or 400 (`create.unknown-attribute`)"),
        new(
            "SCIMReferenceCode, Postman: “DeltaSync”",
            "`startindex=0` in lower case is index paging",
            "RFC 7644 §3.4.2.4 names the parameter `startIndex`; only attribute names and operators are case-insensitive (RFC 7643 §2.1, RFC 7644 §3.4.2.2)",
            "`startIndex` (`page.*`)"),
        new(
            "Entra ID: PATCH of `emails[type eq \"work\"].value` of a user that has no such address",
            "the element is made",
            "RFC 7644 §3.5.2.3: “If the target location is a multi-valued attribute for which a value selection filter (\"valuePath\") has been supplied and no record match was made, the service provider SHALL indicate failure by returning HTTP status code 400 and a \"scimType\" error code of \"noTarget\".”",
            "by `--profile`: `patch.replace.filter-no-match` (rfc), `entra.patch.replace-makes-element` (provider)"),
        new(
            "Entra ID: `\"active\": \"False\"`",
            "a string is taken for a boolean",
            "RFC 7643 §2.3.2: “The literal \"true\" or \"false\". The JSON format is defined in Section 3 of [RFC7159].”",
            "by `--profile`: `create.type.boolean-from-text` (rfc), `entra.*.string-boolean-*` (provider)"),
        new(
            "Entra ID: `\"op\": \"Add\"`",
            "operations in any case",
            "RFC 7644 §3.5.2: “one of \"add\", \"remove\", or \"replace\"”",
            "by `--profile`: `patch.op.capitalised` (rfc), `entra.patch.capitalised-*` (provider)"),
        new(
            "Entra ID, Okta: PATCH with `\"value\": \"\"` or `null`",
            "the attribute is cleared",
            "RFC 7643 §2.5 makes null and unassigned the same; an empty string is a value",
            "null clears (`patch.replace.null-clears`); `\"\"` clears for the provider (`entra.patch.empty-text-clears-*`)"),
        new(
            "Entra ID: `{\"op\":\"remove\",\"path\":\"members\",\"value\":[{\"value\":\"<id>\"}]}`",
            "only the members listed are removed",
            "RFC 7644 §3.5.2.2 knows no `value` for `remove`: “If the target location is a multi-valued attribute and no filter is specified, the attribute and all values are removed”",
            "by `--profile` (`entra.group.remove-by-value-list`)"),
    ];
}
