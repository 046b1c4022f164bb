namespace Scim;

/// <summary>How tolerant a directory is of what identity providers send beside the standards.</summary>
public enum Dialect
{
    /// <summary>Microsoft Entra ID: string booleans, capitalised operations, dotted keys in path-less PATCH values, unknown attributes ignored. The default.</summary>
    Entra,

    /// <summary>Okta: as <see cref="Entra"/>, with whole-list member replacement and PUT updates the usual case.</summary>
    Okta,

    /// <summary>The RFCs to the letter: unknown attributes, path-less PATCH and string booleans are refused.</summary>
    Strict,
}
