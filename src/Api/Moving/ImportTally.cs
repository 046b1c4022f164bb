namespace Api.Moving;

/// <summary>Counts what becomes of the lines of an import, which are applied side by side.</summary>
internal sealed class ImportTally
{
    /// <summary>How many refusals are told.</summary>
    private const int MostTold = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Created, long AlreadyThere, long Refused)> counts = new(StringComparer.Ordinal)
    {
        ["user"] = default,
        ["group"] = default,
        ["members"] = default,
        ["resource"] = default,
        ["archived"] = default,
        ["orgUnit"] = default,
    };

    /// <summary>By line, so that those that are told are the first.</summary>
    private readonly PriorityQueue<ImportRefusal, long> refusals = new();
    private long leftOff;

    public ImportSummary Summary
    {
        get
        {
            lock (gate)
            {
                return new ImportSummary(
                    Of("user"),
                    Of("group"),
                    Of("members"),
                    Of("resource"),
                    [.. refusals.UnorderedItems.Select(r => r.Element).OrderBy(r => r.Line)],
                    leftOff,
                    counts["archived"] == default ? null : Of("archived"),
                    counts["orgUnit"] == default ? null : Of("orgUnit"));
            }
        }
    }

    public void Count(string kind, long created, long alreadyThere)
    {
        lock (gate)
        {
            var before = counts[kind];
            counts[kind] = (before.Created + created, before.AlreadyThere + alreadyThere, before.Refused);
        }
    }

    public void Refuse(string kind, long line, string id, string detail, long number = 1)
    {
        lock (gate)
        {
            counts[kind] = counts[kind] with { Refused = counts[kind].Refused + number };
            refusals.Enqueue(new ImportRefusal(line, kind, id, detail), -line);
            if (refusals.Count > MostTold)
            {
                refusals.Dequeue();
                leftOff++;
            }
        }
    }

    private ImportCounts Of(string kind) => new(counts[kind].Created, counts[kind].AlreadyThere, counts[kind].Refused);
}
