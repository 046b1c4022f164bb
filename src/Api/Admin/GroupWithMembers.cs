namespace Api.Admin;

/// <summary>A group with a page of its members.</summary>
/// <param name="Group">The group.</param>
/// <param name="Members">The members of the page.</param>
/// <param name="Next">What to give as <c>after</c> for the next page of members; nothing behind the last.</param>
public sealed record GroupWithMembers(GroupItem Group, IReadOnlyList<GroupMemberItem> Members, string? Next);
