namespace Entra.Requests;

/// <summary>The queries Entra asks, as they stand in a URL after the resource type.</summary>
internal static class ScimQuery
{
    /// <summary>How many Okta asks for at a time.</summary>
    public const int OktaPageSize = 100;

    public static string UserNameEquals(string userName) => $"/Users?filter={Escape($"userName eq {Quote(userName)}")}";

    public static string ExternalIdEquals(string externalId) => $"/Users?filter={Escape($"externalId eq {Quote(externalId)}")}";

    public static string WorkEmailEquals(string email)
        => $"/Users?filter={Escape($"emails[type eq \"work\"].value eq {Quote(email)}")}";

    public static string DisplayNameEquals(string displayName)
        => $"/Groups?excludedAttributes=members&filter={Escape($"displayName eq {Quote(displayName)}")}";

    public static string HasManager(string userId, string managerId)
        => $"/Users?filter={Escape($"id eq {Quote(userId)} and manager eq {Quote(managerId)}")}&attributes=id";

    public static string HasMember(string groupId, string memberId)
        => $"/Groups?excludedAttributes=members&filter={Escape($"id eq {Quote(groupId)} and members eq {Quote(memberId)}")}";

    public static string GroupWithoutMembers(string groupId) => $"/Groups/{groupId}?excludedAttributes=members";

    /// <summary>A filter's string is a JSON string (RFC 7644 §3.4.2.2), so these two characters are escaped.</summary>
    private static string Quote(string value)
        => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Okta's look-ups are pages too.</summary>
    public static string OktaUserNameEquals(string userName) => $"{UserNameEquals(userName)}{OktaPage(1)}";

    public static string OktaDisplayNameEquals(string displayName)
        => $"/Groups?filter={Escape($"displayName eq {Quote(displayName)}")}{OktaPage(1)}";

    /// <summary>What follows a query.</summary>
    public static string OktaPage(int startIndex) => $"&startIndex={startIndex}&count={OktaPageSize}";

    private static string Escape(string filter) => Uri.EscapeDataString(filter);
}
