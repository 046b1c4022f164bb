namespace Scim.Schemas;

/// <summary>When a value is part of an answer (RFC 7643 §2.2).</summary>
public enum Returned
{
    Default,
    Always,
    Never,
    Request,
}
