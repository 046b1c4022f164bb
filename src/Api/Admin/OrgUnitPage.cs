namespace Api.Admin;

/// <summary>A page of org units.</summary>
/// <param name="Items">The units.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; nothing behind the last.</param>
public sealed record OrgUnitPage(IReadOnlyList<OrgUnitItem> Items, string? Next);
