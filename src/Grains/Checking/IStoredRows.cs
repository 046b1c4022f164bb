namespace Grains.Checking;

/// <summary>All rows of a store that nobody writes to, as of one moment.</summary>
public interface IStoredRows
{
    /// <summary>The grain types that there are rows of.</summary>
    IEnumerable<string> Types();

    /// <summary>The keys of a type's rows, in order.</summary>
    IEnumerable<string> Keys(string type);

    /// <summary>The rows of a type, in order of their keys; with a prefix, those whose keys begin with it.</summary>
    IEnumerable<StoredRow> Rows(string type, string prefix = "");
}
