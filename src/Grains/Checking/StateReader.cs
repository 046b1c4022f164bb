using System.Text.Json;
using Grains.Storage;

namespace Grains.Checking;

/// <summary>Reads rows as the states that they hold, and reports those that cannot be read.</summary>
/// <param name="rows">The store.</param>
/// <param name="report">Where findings go.</param>
internal sealed class StateReader(IStoredRows rows, Action<StoreFinding> report)
{
    private readonly StateSerializer serializer = new();

    /// <summary>The rows of a type whose keys begin so, each with its state: null where it cannot be read, which is reported.</summary>
    public IEnumerable<(StoredRow Row, T? State)> Read<T>(string type, string prefix, string? directory, Func<StoredRow, Mend?> mend)
        where T : class
    {
        foreach (var row in rows.Rows(type, prefix))
        {
            var subject = $"{row.Type}/{row.Key}";
            if (row.Name != type)
            {
                report(new StoreFinding(FindingSeverity.Damage, FindingKind.RowUnknown, directory, subject, $"It has a state '{row.Name}', which this version does not know."));
                continue;
            }

            if (directory is not null && !StoreCheck.IsKeyOf(type, row.Key))
            {
                // It is reported with the rows that nobody knows.
                continue;
            }

            T? state = null;
            if (!row.IsWhole)
            {
                report(new StoreFinding(FindingSeverity.Damage, FindingKind.RowDamaged, directory, subject, "Its checksum is wrong.") { Mend = mend(row) });
            }
            else
            {
                try
                {
                    state = serializer.Deserialize<T>(new BinaryData(row.Data));
                }
                catch (Exception exception) when (exception is JsonException or InvalidDataException or NotSupportedException or InvalidOperationException)
                {
                    report(new StoreFinding(FindingSeverity.Damage, FindingKind.RowUnreadable, directory, subject, $"Its state cannot be read: {exception.Message}") { Mend = mend(row) });
                }
            }

            yield return (row, state);
        }
    }
}
