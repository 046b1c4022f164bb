namespace Grains.Embedded;

/// <summary>Why an activation ends.</summary>
[GenerateSerializer]
#pragma warning disable CA1028 // Orleans' type has a byte under it.
public enum DeactivationReasonCode : byte
{
    None,
    ShuttingDown,
    ActivationFailed,
    DirectoryFailure,
    ActivationIdle,
    ActivationUnresponsive,
    DuplicateActivation,
    IncompatibleRequest,
    ApplicationError,
    ApplicationRequested,
    Migrating,
    RuntimeRequested,
    HighMemoryPressure,
}
