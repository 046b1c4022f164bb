namespace Entra.Options;

/// <summary>Whose traffic is played.</summary>
internal enum IdentityProvider
{
    Entra,
    Okta,
}
