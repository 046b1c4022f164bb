namespace Grains.Embedded;

/// <summary>A write or clear came with an ETag that is no longer the row's. Left unhandled by a grain, it ends the activation.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>The ETag of the row as it stands; null if there is no row.</summary>
    public string? StoredEtag { get; }

    /// <summary>The ETag that the write came with.</summary>
    public string? CurrentEtag { get; }

    // Only the activation whose write it was ends: callers that let it through are not stale.
    internal bool IsSourceActivation { get; set; } = true;
}
