namespace Api.Admin;

/// <summary>A member of a group.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type"><c>User</c> or <c>Group</c>.</param>
public sealed record GroupMemberItem(string Id, string Type);
