namespace Scim.Schemas;

/// <summary>How far a value must be unique (RFC 7643 §2.2).</summary>
public enum Uniqueness
{
    None,
    Server,
    Global,
}
