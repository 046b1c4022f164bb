namespace Api.Admin;

/// <summary>A page of groups. It may have fewer than were asked for, and yet have one behind it.</summary>
/// <param name="Items">The groups.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; nothing behind the last.</param>
public sealed record GroupPage(IReadOnlyList<GroupItem> Items, string? Next);
