namespace Api.Admin;

/// <summary>Backups of the storage, where the engine can make them itself.</summary>
internal interface IBackups
{
    /// <summary>Why there are none, where the storage has its own; null where they can be made.</summary>
    string? Unavailable { get; }

    /// <summary>Makes one, and checks it.</summary>
    /// <exception cref="InvalidOperationException">Another is under way.</exception>
    /// <exception cref="IOException">It could not be written, or is not whole; nothing is left of it.</exception>
    Task<Backup> Make();

    /// <summary>Those in the folder, oldest first.</summary>
    List<BackupItem> List();
}
