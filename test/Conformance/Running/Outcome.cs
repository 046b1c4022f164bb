namespace Conformance.Running;

/// <summary>What came of a case.</summary>
internal enum Outcome
{
    Passed,
    Failed,

    /// <summary>About something optional that the server does not offer: neither good nor bad.</summary>
    NotOffered,
}
