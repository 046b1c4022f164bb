namespace Scim.Schemas;

/// <summary>A shape that a text must have beside being a text.</summary>
public enum ValueFormat
{
    /// <summary>Any text.</summary>
    None,

    /// <summary>An e-mail address: one <c>@</c> between a local part and a domain with a dot, no white space, 254 characters at most (RFC 5321 §4.5.3.1).</summary>
    Email,
}
