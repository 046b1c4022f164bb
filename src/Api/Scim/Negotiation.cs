using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Api.Scim;

/// <summary>In which media type a client wants its answers (RFC 7644 §3.8, RFC 9110 §12.5.1).</summary>
internal static class Negotiation
{
    private const string Json = "application/json";

    private static readonly MediaTypeHeaderValue Scim = new(ScimResponses.MediaType);
    private static readonly MediaTypeHeaderValue PlainJson = new(Json);

    /// <summary>Sees to it that the answer has the type that the client likes best.</summary>
    /// <returns>False where it takes none that there is: 406.</returns>
    public static bool TryChoose(HttpContext http)
    {
        var accept = http.Request.Headers.Accept;
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is ScimResponses.MediaType or "*/*" or ""))
        {
            return true;
        }

        if (!MediaTypeHeaderValue.TryParseList(Texts(accept), out var ranges))
        {
            // What cannot be read says nothing (RFC 9110 §12.5.1 lets a server disregard it).
            return true;
        }

        var scim = Quality(ranges, Scim);
        var json = Quality(ranges, PlainJson);
        if (scim <= 0 && json <= 0)
        {
            return false;
        }

        if (json > scim)
        {
            http.Response.OnStarting(static state =>
            {
                var response = (HttpResponse)state;
                response.ContentType = response.ContentType is null ? null : Json;
                return Task.CompletedTask;
            }, http.Response);
        }

        return true;
    }

    private static List<string> Texts(StringValues values) => [.. values.Where(v => v is not null).Select(v => v!)];

    /// <summary>The quality of the most specific range that a type is in; 0 where it is in none.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type)
    {
        var quality = 0.0;
        var best = -1;
        foreach (var range in ranges)
        {
            var specificity = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
            if (specificity > best && (range.MatchesAllTypes
                || (range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
                    && (range.MatchesAllSubTypes || range.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase)))))
            {
                (best, quality) = (specificity, range.Quality ?? 1);
            }
        }

        return quality;
    }
}
