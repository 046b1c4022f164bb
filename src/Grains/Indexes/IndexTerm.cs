namespace Grains.Indexes;

/// <summary>A value under which a resource stands in an index.</summary>
/// <param name="Index">The name of the index.</param>
/// <param name="Value">The normalised value.</param>
/// <param name="Unique">Whether the value is claimed rather than noted.</param>
internal readonly record struct IndexTerm(string Index, string Value, bool Unique)
{
    /// <summary>Of a term that names an org unit: the name as the user has it. Terms that differ in it alone are the same.</summary>
    public string? Name { get; init; }

    public bool Equals(IndexTerm other) => Index == other.Index && Value == other.Value && Unique == other.Unique;

    public override int GetHashCode() => HashCode.Combine(Index, Value, Unique);
}
