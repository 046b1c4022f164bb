namespace Api.Admin;

/// <summary>The indexes of a directory. An attribute stands twice where it was added again while its former index is being cleared.</summary>
/// <param name="UserIndexes">Those of users.</param>
/// <param name="GroupIndexes">Those of groups.</param>
public sealed record IndexLists(IReadOnlyList<IndexItem> UserIndexes, IReadOnlyList<IndexItem> GroupIndexes);
