namespace Entra.Options;

/// <summary>In which form changes are written: two of Entra ID's, to the same endpoint, and two of Okta's, by the kind of application.</summary>
internal enum PatchDialect
{
    /// <summary>What an Entra job sends unless told otherwise: capitalised ops, a path for each, booleans as strings.</summary>
    Default,

    /// <summary>
    /// What it sends when the Tenant URL ends in <c>?aadOptscim062020</c>: lower-case ops, one without a path, real booleans.
    /// </summary>
    Flagged,

    /// <summary>An Okta application made with the wizard: users are read and put back whole, and so is a group that is renamed.</summary>
    Wizard,

    /// <summary>An Okta application of the catalogue: as the wizard's, but <c>active</c> and a group's name by a PATCH without a path.</summary>
    Catalogue,
}
