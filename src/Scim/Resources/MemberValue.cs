namespace Scim.Resources;

/// <summary>A member of a group as a client names it (RFC 7643 §4.2, <c>members</c>).</summary>
/// <param name="Value">The id of the user or group.</param>
/// <param name="Type"><c>User</c> or <c>Group</c> as sent, or null where the client did not say.</param>
public sealed record MemberValue(string Value, string? Type);
