namespace Api.Admin;

/// <summary>A part of a directory's events.</summary>
/// <param name="Events">The events, in order: those of one resource by version.</param>
/// <param name="Next">The cursor to go on from, now or when there are more.</param>
/// <param name="More">There are more already.</param>
public sealed record EventPage(IReadOnlyList<Event> Events, long Next, bool More);
