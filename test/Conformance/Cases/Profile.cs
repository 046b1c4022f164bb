namespace Conformance.Cases;

/// <summary>
/// Which servers a case is for. A server cannot please an identity provider and the letter of the RFCs where the two contradict each other.
/// </summary>
internal enum Profile
{
    /// <summary>Every server.</summary>
    Any,

    /// <summary>A server, or a setting of it, that follows the RFCs where identity providers send something else.</summary>
    Rfc,

    /// <summary>A server that takes what identity providers send.</summary>
    Provider,
}
