namespace Grains.Abstractions.Requests;

/// <summary>In which of the dialects of ENTRA.md a PATCH request is written.</summary>
[GenerateSerializer, Alias("muster.PatchStyle")]
public enum PatchStyle
{
    /// <summary>It is no PATCH request, or its body was not looked at.</summary>
    None,

    /// <summary>Operations with a capital letter, as Entra sends them by default.</summary>
    EntraDefault,

    /// <summary>Sent to an address with <c>aadOptscim062020</c>.</summary>
    EntraFlagged,

    /// <summary>Lower-case operations, as RFC 7644 §3.5.2 has them.</summary>
    Standard,
}
