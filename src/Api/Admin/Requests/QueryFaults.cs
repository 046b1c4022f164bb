using System.Globalization;
using Api.Admin.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace Api.Admin.Requests;

/// <summary>Everything that is wrong with the query of an admin request: parameters that the endpoint does not have, values of other types.</summary>
internal static class QueryFaults
{
    public static IEnumerable<Fault> Find(HttpContext http, RouteEndpoint endpoint)
    {
        var known = endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(p => IsPlain(p.ParameterInfo.ParameterType) && endpoint.RoutePattern.GetParameter(p.Name) is null)
            .ToDictionary(p => p.Name, p => Plain(p.ParameterInfo.ParameterType), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in http.Request.Query)
        {
            if (!known.TryGetValue(name, out var type))
            {
                yield return new Fault(known.Count == 0 ? "is not known here: there are none." : $"is not known here; known are {string.Join(", ", known.Keys)}.", Parameter: name);
            }
            else if (values.Count > 1)
            {
                yield return new Fault("is given more than once.", Parameter: name);
            }
            else if (Wrong(values.ToString(), type) is { } wrong)
            {
                yield return new Fault(wrong, Parameter: name);
            }
        }
    }

    private static string? Wrong(string value, Type type) =>
        type == typeof(int) ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "must be a whole number."
        : type == typeof(long) ? long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "must be a whole number."
        : type == typeof(bool) ? bool.TryParse(value, out _) ? null : "must be true or false."
        : type == typeof(DateTimeOffset) ? DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _) ? null : "must be a time such as 2030-01-31T12:00:00Z."
        : null;

    private static bool IsPlain(Type type) =>
        Plain(type) is var plain && (plain == typeof(string) || plain == typeof(int) || plain == typeof(long) || plain == typeof(bool) || plain == typeof(DateTimeOffset));

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
