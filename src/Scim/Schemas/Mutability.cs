namespace Scim.Schemas;

/// <summary>Who may set a value, and when (RFC 7643 §2.2).</summary>
public enum Mutability
{
    ReadWrite,
    ReadOnly,
    Immutable,
    WriteOnly,
}
