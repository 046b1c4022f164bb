using Grains.Abstractions.Events;
using Grains.Events;

namespace Grains.Checking;

/// <summary>What a directory's log says of its resources: read once, in order, and only what is asked for later is kept.</summary>
internal sealed class LogContents
{
    private readonly HashSet<string> current;
    private readonly Dictionary<(string Type, string Id), Known> known = [];

    /// <param name="current">The write ids of the last events of all resources, by their rows.</param>
    public LogContents(IEnumerable<string> current) => this.current = current.ToHashSet(StringComparer.Ordinal);

    /// <summary>The events of <c>current</c> that are in the log.</summary>
    public Dictionary<string, Place> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>Resources that the log will wake: by the list of the unfinished, or an event that is not settled, or the clearing of a row.</summary>
    public HashSet<(string Type, string Id)> Watched { get; } = [];

    /// <summary>Settled events that stand twice, or before an older one.</summary>
    public List<(LogEntry Entry, long? Segment, bool Twice)> Disordered { get; } = [];

    /// <summary>How many events are not settled.</summary>
    public int Unsettled { get; private set; }

    /// <summary>How many events there are.</summary>
    public long Count { get; private set; }

    /// <summary>What the log says last of each resource.</summary>
    public IEnumerable<KeyValuePair<(string Type, string Id), Known>> Resources => known;

    public Known? Last(string type, string id) => known.GetValueOrDefault((type, id));

    public void Add(LogEntry entry, long? segment, long cleared)
    {
        Count++;
        var name = (entry.ResourceType, entry.ResourceId);
        if (entry.Status == EventStatus.Unsettled)
        {
            Unsettled++;
            Watched.Add(name);
        }

        if (entry.LeavesTombstone && entry.Sequence >= cleared)
        {
            Watched.Add(name);
        }

        if (entry.Status == EventStatus.Settled && entry.Kind != EventKind.Void)
        {
            if (known.GetValueOrDefault(name) is { } before && before.Kind != EventKind.Delete && entry.Version <= before.Version)
            {
                Disordered.Add((entry, segment, entry.Version == before.Version));
                return;
            }

            known[name] = new Known(entry.Sequence, entry.Version, entry.Kind, entry.WriteId);
        }

        if (current.Contains(entry.WriteId))
        {
            Found[entry.WriteId] = new Place(entry, segment);
        }
    }

    /// <summary>The last settled event of a resource.</summary>
    internal sealed record Known(long Sequence, long Version, EventKind Kind, string WriteId);

    /// <summary>Where an event stands; null for the open end of the log.</summary>
    internal sealed record Place(LogEntry Entry, long? Segment);
}
