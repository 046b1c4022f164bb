namespace Entra.Model;

/// <summary>
/// What the simulator knows of one group. Several pieces of work may add members to it at once; all else is one at a time.
/// </summary>
internal sealed class GroupRecord(string displayName, string? externalId)
{
    private readonly Lock _gate = new();
    private readonly HashSet<UserRecord> _members = [];
    private int _inFlight;
    private int _begun;

    public string? Id { get; set; }

    public string DisplayName { get; set; } = displayName;

    /// <summary>Null for a group of Okta's, which has none.</summary>
    public string? ExternalId { get; } = externalId;

    /// <summary><c>meta.version</c> as the final reading saw it.</summary>
    public string? Version { get; set; }

    public bool Deleted { get; set; }

    public List<string>? FormerNames { get; set; }

    public bool Lives => Id is not null && !Deleted;

    public int MemberCount
    {
        get
        {
            lock (_gate)
            {
                return _members.Count;
            }
        }
    }

    public bool Contains(UserRecord user)
    {
        lock (_gate)
        {
            return _members.Contains(user);
        }
    }

    public void Add(IEnumerable<UserRecord> users)
    {
        lock (_gate)
        {
            _members.UnionWith(users);
        }
    }

    public void Remove(IEnumerable<UserRecord> users)
    {
        lock (_gate)
        {
            _members.ExceptWith(users);
        }
    }

    /// <summary>Gives it another name; the one it had is remembered.</summary>
    public void Rename(string displayName)
    {
        if (!DisplayName.Equals(displayName, StringComparison.OrdinalIgnoreCase))
        {
            (FormerNames ??= []).Add(DisplayName);
        }

        DisplayName = displayName;
    }

    /// <summary>The members in the order of their index: a set filled by several threads has no order of its own.</summary>
    public UserRecord[] MembersInOrder()
    {
        lock (_gate)
        {
            return [.. _members.OrderBy(user => user.Index)];
        }
    }

    /// <summary>
    /// Says that a write is on its way. Returns a mark for <see cref="AloneSince"/>, or null when another is on its way too.
    /// </summary>
    public int? BeginWrite()
    {
        lock (_gate)
        {
            _begun++;
            return ++_inFlight == 1 ? _begun : null;
        }
    }

    public void EndWrite()
    {
        lock (_gate)
        {
            _inFlight--;
        }
    }

    /// <summary>Whether nobody else has written since <see cref="BeginWrite"/>, so that the group's version says something.</summary>
    public bool AloneSince(int? mark)
    {
        lock (_gate)
        {
            return mark == _begun;
        }
    }

    public override string ToString() => $"group {DisplayName} ({Id ?? "not created"})";
}
