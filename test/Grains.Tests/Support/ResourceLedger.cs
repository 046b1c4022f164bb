using System.Collections.Concurrent;
using Grains.Abstractions;
using Grains.Abstractions.Events;
using Grains.Groups;
using Grains.Resources;
using Grains.Users;

namespace Grains.Tests;

/// <summary>
/// What has stood in the rows of users and groups, as storage itself saw it: whatever a grain was told of a write, the log of the
/// directory has to say just this.
/// </summary>
internal sealed class ResourceLedger
{
    private readonly ConcurrentDictionary<(string Type, string Id), ConcurrentDictionary<string, (long Version, EventKind Kind)>> stood = new();
    private readonly ConcurrentDictionary<(string Type, string Id), bool> refused = new();

    /// <summary>The ids of all rows there were, sorted.</summary>
    public List<string> Ids(string type) => [.. stood.Keys.Where(k => k.Type == type).Select(k => k.Id).Order(StringComparer.Ordinal)];

    /// <summary>Whether a row has ever stood that held this resource.</summary>
    public bool WasMade(string id) => stood.Any(s => s.Key.Id == id && !s.Value.IsEmpty);

    /// <summary>The events that a resource must have, in order: one for each version that stood.</summary>
    public List<(long Version, EventKind Kind)> Events(string type, string id)
    {
        if (!stood.TryGetValue((type, id), out var events))
        {
            return [];
        }

        // A create that was refused never came to be, though its row stood for a while.
        return [.. events.Values.Where(e => e.Kind != EventKind.Create || !refused.ContainsKey((type, id))).OrderBy(e => e.Version)];
    }

    internal void Stood<T>(GrainId grain, T state)
    {
        switch (state)
        {
            case UserState user:
                Note("User", grain, user, user.Status);
                break;
            case GroupState group:
                Note("Group", grain, group, group.Status);
                break;
        }
    }

    private void Note<TState>(string type, GrainId grain, TState state, ResourceStatus status)
        where TState : IResourceState<TState>
    {
        var key = (type, GrainKeys.SplitResource(grain.Key.ToString()!).Id);
        var events = stood.GetOrAdd(key, _ => new());
        if (state.EventId is { } written)
        {
            events.TryAdd(written, (state.ContentVersion, state.EventKind));
        }
        else if (status == ResourceStatus.Tombstone)
        {
            refused[key] = true;
        }
    }
}
