namespace Grains.Embedded;

/// <summary>A store that was restored.</summary>
/// <param name="File">Its file, as a full path.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Rows">How many rows it holds.</param>
/// <param name="Kept">What was there before, under the names that it has now; empty where there was nothing.</param>
public sealed record RestoredStore(string File, long Bytes, long Rows, IReadOnlyList<string> Kept);
