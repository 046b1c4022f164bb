namespace Api.Requests;

/// <summary>How near Entra is to putting a provisioning job in quarantine.</summary>
internal enum QuarantineRisk
{
    Low,

    /// <summary>Half of a threshold is reached.</summary>
    Rising,

    /// <summary>A threshold is passed.</summary>
    Reached,

    /// <summary>Credentials or the address are refused: that is enough at once.</summary>
    Immediate,
}
