namespace Scim.Filters;

/// <summary>An equality that every resource matching a filter satisfies: what an index can be asked for.</summary>
/// <param name="Path">
/// The canonical key: <c>userName</c>, <c>emails.value</c>, <c>emails[type eq "work"].value</c>, and with its URN in an extension.
/// A complex attribute stands as its <c>value</c>: <c>members eq "…"</c> is <c>members.value</c>.
/// </param>
/// <param name="Value">The string as the filter has it; <see cref="IndexedAttribute.Normalise"/> makes the index key of it.</param>
public sealed record EqualityTerm(string Path, string Value);
