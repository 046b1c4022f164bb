using Grains.Checking;

namespace Api.Commands;

/// <summary>The rows of a file, as a check sees them.</summary>
internal sealed class OfflineRows(OfflineStore store) : IStoredRows
{
    public IEnumerable<string> Types() => store.Types();

    public IEnumerable<string> Keys(string type) => store.Keys(type);

    public IEnumerable<StoredRow> Rows(string type, string prefix = "") =>
        store.Rows(type, prefix).Select(row => new StoredRow(row.Type, row.Key, row.Name, row.Data, row.IsWhole));
}
