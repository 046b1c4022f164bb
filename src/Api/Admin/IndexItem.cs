namespace Api.Admin;

/// <summary>An index of a directory.</summary>
/// <param name="Path">The attribute, in its canonical spelling.</param>
/// <param name="Status">
/// <c>ready</c>: filters go by it; <c>building</c>: they will when everyone is in it; <c>removing</c>: none does any more, and its rows are
/// being cleared.
/// </param>
/// <param name="Since">When it came to that; nothing where it has been ready since the directory was made.</param>
/// <param name="Done">While it is being built: how many resources were looked at.</param>
/// <param name="Total">While it is being built: how many there were to look at when that began; 0 before.</param>
public sealed record IndexItem(string Path, string Status, DateTimeOffset? Since, long? Done, long? Total);
