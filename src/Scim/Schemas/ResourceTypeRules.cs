using Scim.Errors;
using Scim.Resources;

namespace Scim.Schemas;

/// <summary>What a resource type that is no standard one may be called, where it may be served, and what its schema may have.</summary>
public static class ResourceTypeRules
{
    /// <summary>The longest name of a resource type: it is part of the names of its indexes.</summary>
    public const int MaxNameLength = 32;

    /// <summary>The longest endpoint, its slash included.</summary>
    public const int MaxEndpointLength = 64;

    /// <summary>The names and endpoints of the standards (RFC 7643 §6, RFC 7644 §3.2).</summary>
    private static readonly string[] Reserved =
        ["User", "Users", "Group", "Groups", "Bulk", "Me", "Schema", "Schemas", "ResourceType", "ResourceTypes", "ServiceProviderConfig"];

    /// <summary>The first thing that is wrong with a type (400 <c>invalidValue</c>), or null. That it clashes with another of its directory is not looked at.</summary>
    public static ScimError? Check(ResourceType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!IsWord(type.Name, MaxNameLength, ""))
        {
            return ScimError.InvalidValue($"'name' must be a letter, then letters and digits, {MaxNameLength} at most, not '{Shown.Text(type.Name)}'.");
        }

        if (!type.Endpoint.StartsWith('/') || !IsWord(type.Endpoint[1..], MaxEndpointLength - 1, "-_"))
        {
            return ScimError.InvalidValue($"'endpoint' must be a slash and a letter, then letters, digits, '-' and '_', {MaxEndpointLength} characters at most, not '{Shown.Text(type.Endpoint)}'.");
        }

        if (IsReserved(type.Name) || IsReserved(type.Endpoint[1..]))
        {
            return ScimError.InvalidValue($"The {(IsReserved(type.Name) ? $"name '{type.Name}'" : $"endpoint '{type.Endpoint}'")} is one of the standard's own.");
        }

        // Every resource has them already, and they mean the same in all.
        return type.Schema.Attributes.FirstOrDefault(a => CommonAttributes.Find(a.Name) is not null) is { } common
            ? ScimError.InvalidValue($"The attribute '{common.Name}' is one that every resource has (RFC 7643 §3.1), and cannot be declared.")
            : null;
    }

    private static bool IsReserved(string word) => Reserved.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool IsWord(string text, int maxLength, string alsoAllowed) =>
        text.Length > 0 && text.Length <= maxLength && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || alsoAllowed.Contains(c, StringComparison.Ordinal));
}
