namespace Grains.Abstractions.Requests;

/// <summary>What kind of client a request seems to be of.</summary>
[GenerateSerializer, Alias("muster.IdentityClient")]
public enum IdentityClient
{
    Unknown,

    /// <summary>Microsoft Entra ID.</summary>
    Entra,

    Okta,
}
