namespace Entra.Cycles;

/// <summary>What happens to one user in an incremental cycle.</summary>
internal enum UserChange
{
    Rename,
    Move,
    Disable,
    Clear,

    /// <summary>The same values once more.</summary>
    Resend,
    Restore,
    Delete,

    /// <summary>Deleted, and made again under the same name, as another object.</summary>
    Recreate,
}
