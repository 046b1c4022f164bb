namespace Grains.Checking;

/// <summary>What a check looked at, and what it found.</summary>
/// <param name="Directories">Directories that serve.</param>
/// <param name="Users">Users that exist.</param>
/// <param name="Groups">Groups that exist.</param>
/// <param name="Members">Memberships.</param>
/// <param name="Entries">Index entries.</param>
/// <param name="Events">Events in the logs.</param>
/// <param name="Rows">Rows, of all kinds.</param>
/// <param name="Findings">What was found.</param>
public sealed record CheckReport(
    long Directories,
    long Users,
    long Groups,
    long Members,
    long Entries,
    long Events,
    long Rows,
    IReadOnlyList<StoreFinding> Findings)
{
    /// <summary>Resources that exist of types that are directories' own.</summary>
    public long Others { get; init; }

    /// <summary>Whether there is no damage. What is unfinished or left over is none.</summary>
    public bool IsSound => !Findings.Any(f => f.Severity == FindingSeverity.Damage);
}
