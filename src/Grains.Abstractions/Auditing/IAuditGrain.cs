namespace Grains.Abstractions.Auditing;

/// <summary>
/// The record of what admins changed: one of a tenant, by its id, and one of the platform. What is begun stands in it before the change
/// is made; what became of it, before the change is acknowledged.
/// </summary>
[Alias("muster.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Puts an entry at the end, as begun; does nothing where it is there. It is durable when this returns.</summary>
    /// <param name="entry">The entry; its sequence is given here.</param>
    /// <returns>Its sequence.</returns>
    [Alias("Begin")]
    Task<long> Begin(AuditEntry entry);

    /// <summary>Says what became of what was begun. It is durable when this returns.</summary>
    [Alias("End")]
    Task End(AuditEnd end);

    /// <summary>Entries from the newest backwards.</summary>
    [Alias("Read")]
    Task<AuditPage> Read(AuditQuery query);

    /// <summary>Whether there has been any entry.</summary>
    [Alias("Exists")]
    ValueTask<bool> Exists();
}
