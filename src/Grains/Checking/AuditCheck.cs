using Grains.Auditing;

namespace Grains.Checking;

/// <summary>Whether audit records are whole: each entry that is kept stands in its place.</summary>
internal static class AuditCheck
{
    public const string Record = "audit";
    public const string Segment = "auditsegment";

    /// <summary>Looks at all records.</summary>
    public static void Run(StateReader reader, Action<StoreFinding> report)
    {
        var segments = new Dictionary<string, AuditSegmentState?>(StringComparer.Ordinal);
        foreach (var (row, state) in reader.Read<AuditSegmentState>(Segment, "", null, _ => null))
        {
            segments[row.Key] = state;
        }

        foreach (var (row, state) in reader.Read<AuditState>(Record, "", null, _ => null))
        {
            if (state is null)
            {
                continue;
            }

            for (var number = state.Kept; number < state.Segments; number++)
            {
                var key = $"{row.Key}.{AuditGrain.SegmentIndex}.{number}";
                if (!segments.TryGetValue(key, out var segment))
                {
                    report(Gap($"{Segment}/{key}", "It is not there."));
                }
                else if (segment is not null && !IsInOrder(segment.Entries, number * AuditState.SegmentSize, AuditState.SegmentSize))
                {
                    report(Gap($"{Segment}/{key}", "Its entries are not those of its place."));
                }
            }

            if (!IsInOrder(state.Entries, state.First, state.Entries.Length))
            {
                report(Gap($"{Record}/{row.Key}", "Its entries are not in order."));
            }
        }
    }

    private static bool IsInOrder(Abstractions.Auditing.AuditEntry[] entries, long first, int count) =>
        entries.Length == count && entries.Select((entry, i) => entry.Sequence == first + i).All(inPlace => inPlace);

    private static StoreFinding Gap(string subject, string detail) =>
        new(FindingSeverity.Damage, FindingKind.LogGap, null, subject, detail);
}
