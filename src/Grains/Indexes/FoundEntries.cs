using Grains.Abstractions.Indexes;

namespace Grains.Indexes;

/// <summary>What stands under a value.</summary>
/// <param name="Entries">The ids.</param>
/// <param name="Common">So many ids share the value that they are not listed.</param>
internal readonly record struct FoundEntries(IndexEntry[] Entries, bool Common);
