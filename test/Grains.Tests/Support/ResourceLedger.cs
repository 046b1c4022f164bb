using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.Events;
using Grains.Groups;
using Grains.Resources;
using Grains.Storage;
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
    private readonly ConcurrentDictionary<(string Id, string Value), bool> held = new();

    /// <summary>The ids of all rows there were, sorted.</summary>
    public List<string> Ids(string type) => [.. stood.Keys.Where(k => k.Type == type).Select(k => k.Id).Order(StringComparer.Ordinal)];

    /// <summary>Whether a value, in lower case, has ever stood in the row of a resource.</summary>
    public bool Held(string id, string value) => held.ContainsKey((id, value));

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
                Note(user.Type ?? "User", grain, user, user.Status, user.Attributes);
                break;
            case GroupState group:
                Note("Group", grain, group, group.Status, group.Attributes);
                break;
        }
    }

    private void Note<TState>(string type, GrainId grain, TState state, ResourceStatus status, RawJson? attributes)
        where TState : IResourceState<TState>
    {
        var key = (type, GrainKeys.SplitResource(grain.Key.ToString()!).Id);
        if (attributes is not null)
        {
            foreach (var value in JsonNode.Parse(attributes.Utf8)!.AsObject().Select(a => a.Value).OfType<JsonValue>())
            {
                held[(key.Id, value.ToString().ToLowerInvariant())] = true;
            }
        }

        var events = stood.GetOrAdd(key, _ => new());
        if (state.EventId is { } written)
        {
            events.TryAdd(written, (state.ContentVersion, state.EventKind));
            if (status == ResourceStatus.Live)
            {
                // An import makes a resource where a row only said no.
                refused.TryRemove(key, out _);
            }
        }
        else if (status == ResourceStatus.Tombstone)
        {
            refused[key] = true;
        }
    }
}
