namespace Entra.Model;

/// <summary>
/// What the simulator knows of one user. Changed only by the one piece of work that holds the user in a phase, so it needs no lock.
/// </summary>
internal sealed class UserRecord(int index, UserValues values)
{
    /// <summary>Where it stands in <see cref="DirectoryModel.Users"/>; groups and managers name it by this.</summary>
    public int Index { get; } = index;

    /// <summary>The id the server gave. Null while the user has not been created.</summary>
    public string? Id { get; set; }

    public UserValues Values { get; set; } = values;

    /// <summary>The manager, who is in the same directory; null for none.</summary>
    public UserRecord? Manager { get; set; }

    /// <summary><c>meta.version</c> as last read, or null when it is not known.</summary>
    public string? Version { get; set; }

    public bool Deleted { get; set; }

    /// <summary>Whether the create carried the misspelt enterprise schema, which a server may keep or drop.</summary>
    public bool SentMisspeltSchema { get; set; }

    /// <summary>Whether somebody made it by hand before Entra came, so that its work address was never marked primary.</summary>
    public bool CreatedByHand { get; set; }

    /// <summary>Names it once had: no filter may find it under them.</summary>
    public List<string>? FormerNames { get; set; }

    public bool Lives => Id is not null && !Deleted;

    /// <summary>Makes the values those of the user; the name it had is remembered.</summary>
    public void TakeValues(UserValues next)
    {
        if (!Values.UserName.Equals(next.UserName, StringComparison.OrdinalIgnoreCase))
        {
            (FormerNames ??= []).Add(Values.UserName);
        }

        Values = next;
    }

    public override string ToString() => $"user {Values.UserName} ({Id ?? "not created"})";
}
