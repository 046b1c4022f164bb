namespace Grains.Checking;

/// <summary>What a finding means.</summary>
public enum FindingSeverity
{
    /// <summary>No order of changes, kills and failed writes leads there: something else has changed the store, or a bug has.</summary>
    Damage,

    /// <summary>A change that is under way, or was when the server ended: the server finishes it by itself.</summary>
    Unfinished,

    /// <summary>
    /// What a change that was cut off left behind, and nobody will meet: a row that nothing names, or an entry in an index. Nobody is shown
    /// it, since an entry is verified before it is believed, and a name that is held so is free for whoever asks for it.
    /// </summary>
    Leftover,
}
