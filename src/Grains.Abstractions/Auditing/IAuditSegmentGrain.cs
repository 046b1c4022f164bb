namespace Grains.Abstractions.Auditing;

/// <summary>A part of an audit record that is full.</summary>
[Alias("muster.IAuditSegmentGrain")]
public interface IAuditSegmentGrain : IGrainWithStringKey
{
    /// <summary>Puts the entries into the row. Of those that are there, what became of them stays.</summary>
    [Alias("Install")]
    Task Install(AuditEntry[] entries);

    /// <summary>Says what became of one of them.</summary>
    [Alias("End")]
    Task End(AuditEnd end);

    [Alias("Read")]
    ValueTask<AuditEntry[]> Read();

    /// <summary>Removes the row, where all of it is from before a time.</summary>
    /// <returns>False where it is not.</returns>
    [Alias("Expire")]
    Task<bool> Expire(DateTimeOffset before);
}
