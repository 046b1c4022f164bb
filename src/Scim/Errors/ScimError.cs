namespace Scim.Errors;

/// <summary>
/// One fault as the protocol words it (RFC 7644 §3.12): an HTTP status, an optional <c>scimType</c> and a text for people.
/// Faults travel as values until the edge, where one place turns them into HTTP.
/// </summary>
/// <param name="Status">The HTTP status code, 400 to 599.</param>
/// <param name="ScimType">The detail error keyword of RFC 7644 §3.12, Table 9, or null where the standard names none.</param>
/// <param name="Detail">What was wrong, naming the attribute, path or limit concerned. Never holds another tenant's data.</param>
public sealed record ScimError(int Status, string? ScimType, string Detail)
{
    /// <summary>The body is not JSON, or its structure is not that of the request (400 <c>invalidSyntax</c>).</summary>
    public static ScimError InvalidSyntax(string detail) => new(400, "invalidSyntax", detail);

    /// <summary>A filter is malformed, or compares what cannot be compared (400 <c>invalidFilter</c>).</summary>
    public static ScimError InvalidFilter(string detail) => new(400, "invalidFilter", detail);

    /// <summary>A PATCH path is malformed or names no attribute (400 <c>invalidPath</c>).</summary>
    public static ScimError InvalidPath(string detail) => new(400, "invalidPath", detail);

    /// <summary>A value is missing, or not of its attribute's type (400 <c>invalidValue</c>).</summary>
    public static ScimError InvalidValue(string detail) => new(400, "invalidValue", detail);

    /// <summary>A PATCH path with a filter matched nothing that could be changed (400 <c>noTarget</c>).</summary>
    public static ScimError NoTarget(string detail) => new(400, "noTarget", detail);

    /// <summary>A readOnly or immutable attribute would be changed (400 <c>mutability</c>).</summary>
    public static ScimError Mutability(string detail) => new(400, "mutability", detail);

    /// <summary>The request would look at or return more than the limit (400 <c>tooMany</c>).</summary>
    public static ScimError TooMany(string detail) => new(400, "tooMany", detail);

    /// <summary>A cursor is none that this server gave out for this query (400 <c>invalidCursor</c>, RFC 9865 §2.1).</summary>
    public static ScimError InvalidCursor(string detail) => new(400, "invalidCursor", detail);

    /// <summary>A cursor is older than <c>cursorTimeout</c> (400 <c>expiredCursor</c>, RFC 9865 §2.1).</summary>
    public static ScimError ExpiredCursor(string detail) => new(400, "expiredCursor", detail);

    /// <summary>In paging by cursor, the count is no number or another than before (400 <c>invalidCount</c>, RFC 9865 §2.1).</summary>
    public static ScimError InvalidCount(string detail) => new(400, "invalidCount", detail);

    /// <summary>A protocol version that is not served was asked for (400 <c>invalidVers</c>).</summary>
    public static ScimError InvalidVersion(string detail) => new(400, "invalidVers", detail);

    /// <summary>The request would put sensitive data into a URI (400 <c>sensitive</c>).</summary>
    public static ScimError Sensitive(string detail) => new(400, "sensitive", detail);

    /// <summary>A value that must be unique is taken (409 <c>uniqueness</c>).</summary>
    public static ScimError Uniqueness(string detail) => new(409, "uniqueness", detail);

    /// <summary>A fault for which RFC 7644 §3.12 has a status and no keyword: 401, 403, 404, 412, 413, 415, 429, 501, 503.</summary>
    public static ScimError Plain(int status, string detail) => new(status, ScimType: null, detail);
}
