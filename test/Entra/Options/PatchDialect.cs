namespace Entra.Options;

/// <summary>The two forms of PATCH that Entra ID sends to the same endpoint.</summary>
internal enum PatchDialect
{
    /// <summary>What a job sends unless told otherwise: capitalised ops, a path for each, booleans as strings.</summary>
    Default,

    /// <summary>
    /// What it sends when the Tenant URL ends in <c>?aadOptscim062020</c>: lower-case ops, one without a path, real booleans.
    /// </summary>
    Flagged,
}
