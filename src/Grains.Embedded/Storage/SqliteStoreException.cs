namespace Grains.Embedded;

/// <summary>The SQLite file could not be read or written; the message says why. Nothing of the failed operation was acknowledged.</summary>
#pragma warning disable CA1032, RCS1194 // It is made in one place, of a result of SQLite.
public sealed class SqliteStoreException(int resultCode, string message) : IOException(message)
{
    /// <summary>SQLite's extended result code.</summary>
    public int ResultCode { get; } = resultCode;

    /// <summary>Whether the reason is that another process has the file open.</summary>
    public bool IsBusy => (ResultCode & 0xff) is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED;
}
