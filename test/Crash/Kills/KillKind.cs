namespace Crash.Kills;

/// <summary>When a server is killed.</summary>
internal enum KillKind
{
    /// <summary>At a random time after its process began: before it is ready, mostly.</summary>
    StartUp,

    /// <summary>At a random time after it was ready.</summary>
    Serving,

    /// <summary>A moment after it said that a bucket splits; while none does, as <see cref="Serving"/>.</summary>
    Split,
}
