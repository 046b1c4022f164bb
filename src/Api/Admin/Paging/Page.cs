namespace Api.Admin.Paging;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What it lists.</typeparam>
/// <param name="Items">The part. Of a list chosen by name or filter, it may have fewer than were asked for, though there are more.</param>
/// <param name="Next">What <c>after</c> is to be for the next part; null where there are no more.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
