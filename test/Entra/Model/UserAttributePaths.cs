using Entra.Requests;

namespace Entra.Model;

/// <summary>The SCIM path by which Entra's PATCH names each <see cref="UserAttribute"/>.</summary>
internal static class UserAttributePaths
{
    private static readonly string[] s_paths =
    [
        "externalId",
        "userName",
        "displayName",
        "title",
        "preferredLanguage",
        "locale",
        "name.givenName",
        "name.familyName",
        "name.formatted",
        "emails[type eq \"work\"].value",
        "emails[type eq \"home\"].value",
        "phoneNumbers[type eq \"work\"].value",
        "phoneNumbers[type eq \"mobile\"].value",
        "addresses[type eq \"work\"].streetAddress",
        "addresses[type eq \"work\"].locality",
        "addresses[type eq \"work\"].region",
        "addresses[type eq \"work\"].postalCode",
        "addresses[type eq \"work\"].country",
        SchemaUrns.EnterpriseUser + ":department",
        SchemaUrns.EnterpriseUser + ":employeeNumber",
        SchemaUrns.EnterpriseUser + ":costCenter",
        "addresses[type eq \"work\"].formatted",
        "timezone",
    ];

    public static int Count => s_paths.Length;

    /// <exception cref="InvalidOperationException">The simulator does not follow that attribute.</exception>
    public static UserAttribute Of(string path)
        => Array.IndexOf(s_paths, path) is >= 0 and var index ? (UserAttribute)index : throw new InvalidOperationException($"'{path}' is not followed.");

    public static string PathOf(UserAttribute attribute) => s_paths[(int)attribute];

    /// <summary>
    /// Whether the path selects an element of a multi-valued attribute: the flagged dialect gives those an op of their own.
    /// </summary>
    public static bool IsFiltered(UserAttribute attribute) => PathOf(attribute).Contains('[', StringComparison.Ordinal);

    public static bool IsEnterprise(UserAttribute attribute) => PathOf(attribute).StartsWith(SchemaUrns.EnterpriseUser, StringComparison.Ordinal);
}
