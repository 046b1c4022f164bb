namespace Grains.Indexes;

/// <summary>A value under which a resource stands in an index.</summary>
/// <param name="Index">The name of the index.</param>
/// <param name="Value">The normalised value.</param>
/// <param name="Unique">Whether the value is claimed rather than noted.</param>
internal readonly record struct IndexTerm(string Index, string Value, bool Unique);
