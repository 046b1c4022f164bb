using System.Globalization;
using Microsoft.Net.Http.Headers;
using Scim.Errors;

namespace Api.Scim;

/// <summary>Conditional requests by entity tag (RFC 7644 §3.14, RFC 9110 §13); tags are compared weakly.</summary>
internal static class Preconditions
{
    /// <summary>A version that no resource has: what a tag that is none of ours stands for.</summary>
    private const long NoVersion = -1;

    /// <summary>The versions of <c>If-Match</c>, null where the header is absent or <c>*</c>.</summary>
    public static Result<Versions> IfMatch(HttpRequest request) => Parse(request.Headers.IfMatch, "If-Match");

    /// <summary>The versions of <c>If-None-Match</c>, null where the header is absent.</summary>
    public static Result<Versions> IfNoneMatch(HttpRequest request) => Parse(request.Headers.IfNoneMatch, "If-None-Match");

    /// <summary>The same of an operation of a bulk request (RFC 7644 §3.7): its <c>version</c>, or null.</summary>
    public static Result<Versions> IfMatch(string? version) => Parse(version is null ? default : new Microsoft.Extensions.Primitives.StringValues(version), "version");

    private static Result<Versions> Parse(Microsoft.Extensions.Primitives.StringValues header, string name)
    {
        if (header.Count == 0)
        {
            return new Versions(null, Any: false);
        }

        if (!TryParse(header, out var tags) || tags.Count == 0)
        {
            return ScimError.InvalidSyntax($"{name} is not a list of entity tags.");
        }

        return tags.Any(t => t.Tag == "*")
            ? new Versions(null, Any: true)
            : new Versions([.. tags.Select(t => VersionOf(t.Tag.AsSpan().Trim('"')))], Any: false);
    }

    private static bool TryParse(Microsoft.Extensions.Primitives.StringValues header, out IList<EntityTagHeaderValue> tags)
    {
        try
        {
            return EntityTagHeaderValue.TryParseList(header.ToArray()!, out tags!);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Of a list that ends within a tag (W/ and nothing after it), ASP.NET's parser reads on.
            tags = [];
            return false;
        }
    }

    private static long VersionOf(ReadOnlySpan<char> tag) =>
        long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : NoVersion;

    /// <summary>The versions that a conditional header names.</summary>
    /// <param name="Named">The versions, or null where there is no condition on them.</param>
    /// <param name="Any">The header was <c>*</c>.</param>
    internal readonly record struct Versions(long[]? Named, bool Any);
}
