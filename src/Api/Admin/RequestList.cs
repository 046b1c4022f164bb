namespace Api.Admin;

/// <summary>Requests of a directory's log, newest first, without bodies.</summary>
/// <param name="Items">The requests. There may be fewer than were asked for, and more behind them.</param>
/// <param name="Next">What to give as <c>cursor</c> for older ones; nothing behind the last.</param>
public sealed record RequestList(IReadOnlyList<RequestItem> Items, string? Next);
