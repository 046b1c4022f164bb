namespace Api.Admin;

/// <summary>A page of the users of an org unit.</summary>
/// <param name="Items">Their ids.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; nothing behind the last.</param>
public sealed record OrgUnitUsers(IReadOnlyList<string> Items, string? Next);
