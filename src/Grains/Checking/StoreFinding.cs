using System.Text.Json.Serialization;

namespace Grains.Checking;

/// <summary>One thing that a check found.</summary>
/// <param name="Severity">What it means.</param>
/// <param name="Kind">Which invariant does not hold.</param>
/// <param name="Directory">The directory; null where it is of none.</param>
/// <param name="Subject">The row, as <c>type/key</c>.</param>
/// <param name="Detail">What was found, in a sentence.</param>
public sealed record StoreFinding(FindingSeverity Severity, FindingKind Kind, string? Directory, string Subject, string Detail)
{
    /// <summary>Whether a repair mends it without giving anything up.</summary>
    public bool Mendable => Mend is { Loses: false };

    /// <summary>What mends it, or null.</summary>
    [JsonIgnore]
    internal Mend? Mend { get; init; }
}
