namespace Crash.Faults;

/// <summary>The ways in which a copy of a database is damaged.</summary>
internal enum Damage
{
    /// <summary>Up to 8 bits anywhere in the database file.</summary>
    BitsOfFile,

    /// <summary>Up to 4 bits in the first 100 bytes of the database file.</summary>
    BitsOfHeader,

    /// <summary>Up to 8 bits anywhere in the write-ahead log.</summary>
    BitsOfLog,

    /// <summary>A bit of the stored states, so that the file's structure stays whole.</summary>
    BitOfState,

    /// <summary>Up to 64 bytes in a row, of the database file, replaced.</summary>
    Scribble,

    /// <summary>A page of the database file that is all zero.</summary>
    ZeroPage,

    /// <summary>A page of the database file in the place of another.</summary>
    MisplacedPage,

    /// <summary>The database file, cut short.</summary>
    CutFile,

    /// <summary>The log, cut short: what remains is the whole state at an earlier time.</summary>
    CutLog,

    /// <summary>The database file without its log.</summary>
    NoLog,
}
