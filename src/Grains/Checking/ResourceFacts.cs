using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Groups;
using Grains.Indexes;
using Grains.Resources;
using Grains.Storage;
using Grains.Users;

namespace Grains.Checking;

/// <summary>What a check needs to know of a user, a group, or a resource of a directory's own type.</summary>
internal sealed class ResourceFacts
{
    private ResourceFacts(string type, string id)
    {
        Type = type;
        Id = id;
    }

    /// <summary><c>User</c>, <c>Group</c>, or one of the directory's own.</summary>
    public string Type { get; }

    public string Id { get; }

    public ResourceStatus Status { get; private init; }

    public bool IsLive => Status == ResourceStatus.Live;

    /// <summary>Of a deleted user: it is kept in the archive.</summary>
    public bool IsArchived { get; private init; }

    public long Version { get; private init; }

    public long ContentVersion { get; private init; }

    public bool Marked { get; private init; }

    public bool EventOpen { get; private init; }

    public string? EventId { get; private init; }

    public EventKind EventKind { get; private init; }

    /// <summary>Of which indexes whoever made the last change knew.</summary>
    public int IndexEpoch { get; private init; }

    public DateTimeOffset LastModified { get; private init; }

    public DateTimeOffset Created { get; private init; }

    /// <summary>Values that are being released.</summary>
    public HashSet<(string Index, string Value)> Work { get; private init; } = [];

    /// <summary>The groups that it is in, or left lately, by their ids.</summary>
    public Dictionary<string, GroupLink> Links { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>Of a group: the number of its members, by its own word.</summary>
    public long MemberCount { get; private init; }

    /// <summary>Of a group: how many buckets its members have, at least.</summary>
    public long Width { get; private init; } = 1;

    /// <summary>Of a group: members whom its last change is about. What is done stays on the list until the next write.</summary>
    public HashSet<string> Intent { get; private init; } = [];

    /// <summary>Of a deleted group: its members have still to leave.</summary>
    public bool Leaving { get; private init; }

    /// <summary>Of a deleted resource: others have still to be told.</summary>
    public bool Owes => Status == ResourceStatus.Tombstone && (Leaving || (Type == "User" && Links.Count > 0));

    /// <summary>Where it stands in the indexes, its id's excepted.</summary>
    public List<IndexTerm> Terms { get; private init; } = [];

    public static ResourceFacts Of(string id, UserState state, ResourceIndexes indexes) => new(state.Type ?? "User", id)
    {
        Status = state.Status,
        IsArchived = state.IsArchived,
        Version = state.Version,
        ContentVersion = state.ContentVersion,
        Marked = state.Marked,
        EventOpen = state.EventOpen,
        EventId = state.EventId,
        EventKind = state.EventKind,
        IndexEpoch = state.IndexEpoch,
        LastModified = state.LastModified,
        Created = state.Created,
        Work = Shortened(state.Work),
        Links = ByGroup(state.Groups),
        Terms = TermsOf(state.Status, state.Attributes, indexes),
    };

    public static ResourceFacts Of(string id, GroupState state, ResourceIndexes indexes) => new("Group", id)
    {
        Status = state.Status,
        Version = state.Version,
        ContentVersion = state.ContentVersion,
        Marked = state.Marked,
        EventOpen = state.EventOpen,
        EventId = state.EventId,
        EventKind = state.EventKind,
        IndexEpoch = state.IndexEpoch,
        LastModified = state.LastModified,
        Created = state.Created,
        Work = Shortened(state.Work),
        Links = ByGroup(state.Groups),
        MemberCount = state.MemberCount,
        Width = state.Width,
        Intent = [.. (state.Intent?.Adds ?? []).Concat(state.Intent?.Removes ?? []).Select((GroupMember m) => m.Id)],
        Leaving = state.Leaving,
        Terms = TermsOf(state.Status, state.Attributes, indexes),
    };

    private static HashSet<(string Index, string Value)> Shortened(WorkItem[] work) => [.. work.Select(w => (w.Index, IndexClient.Shorten(w.Value)))];

    private static Dictionary<string, GroupLink> ByGroup(GroupLink[] links)
    {
        var byGroup = new Dictionary<string, GroupLink>(links.Length, StringComparer.Ordinal);
        foreach (var link in links)
        {
            byGroup[link.Group] = link;
        }

        return byGroup;
    }

    private static List<IndexTerm> TermsOf(ResourceStatus status, RawJson? attributes, ResourceIndexes indexes) =>
        status == ResourceStatus.Live && attributes is not null
            ? [.. indexes.TermsOf(attributes.Utf8).Distinct()]
            : [];
}
