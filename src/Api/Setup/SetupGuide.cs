using Grains.Abstractions.Directories;

namespace Api.Setup;

/// <summary>How the page speaks of an identity provider: its name, which ways in it has, and where its admin finds what.</summary>
internal sealed record SetupGuide
{
    private static readonly SetupGuide Entra = new()
    {
        Provider = "Microsoft Entra ID",
        Ways = [SetupWay.Key, SetupWay.Federation, SetupWay.Client],
        OfTenant = true,
        KeySteps =
        [
            "In the Microsoft Entra admin center, open Enterprise applications and choose your application. If there is none yet: New application, Create your own application, and there the non-gallery one.",
            "Open Provisioning, then New configuration.",
            "Paste the Tenant URL and the Secret Token, then choose Test connection.",
            "When the test succeeds, save. Assign the users and groups that are to be provisioned, and start provisioning.",
        ],
        ClientSteps =
        [
            "In the Microsoft Entra admin center, open Enterprise applications and choose your application.",
            "Open Provisioning, then New configuration, and choose OAuth 2.0 client credentials as the authentication method.",
            "Paste the Tenant URL, the token endpoint, the client ID and the client secret, then choose Test connection.",
            "When the test succeeds, save. Assign the users and groups that are to be provisioned, and start provisioning.",
        ],
        FederationHelp = "In the Microsoft Entra admin center, open your application under Enterprise applications, then Provisioning, and choose workload identity federation as the authentication method. It shows these values.",
        FederationSteps =
        [
            "Go back to the page in the Microsoft Entra admin center from which you copied the values.",
            "Paste the Tenant URL (SCIM URL), the token endpoint and the client ID, then choose Test connection.",
            "When the test succeeds, save. Assign the users and groups that are to be provisioned, and start provisioning.",
        ],
    };

    private static readonly SetupGuide Okta = new()
    {
        Provider = "Okta",
        Ways = [SetupWay.Key, SetupWay.Client],
        KeySteps =
        [
            "In the Okta Admin Console, open Applications and choose your application. Under General, set Provisioning to SCIM and save.",
            "Open Provisioning, then Integration, and choose Edit.",
            "Paste the Tenant URL as SCIM connector base URL, and put in userName as unique identifier field for users.",
            "Choose what is to be provisioned, then HTTP Header as authentication mode, and paste the Secret Token as the bearer token.",
            "Choose Test Connector Configuration. When it succeeds, save, and switch on what you need under To App.",
        ],
        ClientSteps =
        [
            "In the Okta Admin Console, open Applications, choose your application, and open Provisioning.",
            "Choose OAuth 2.0 with client credentials as the authentication, where your application has it.",
            "Paste the Tenant URL as base URL, then the token endpoint, the client ID and the client secret.",
            "Test the connection. When it succeeds, save, and switch on what you need under To App.",
        ],
    };

    private static readonly SetupGuide Any = new()
    {
        Provider = "your identity provider",
        Ways = [SetupWay.Key, SetupWay.Client, SetupWay.Federation],
        KeySteps =
        [
            "Open the SCIM provisioning of your identity provider.",
            "Paste the Tenant URL as the SCIM address, and the Secret Token as the bearer token.",
            "Test the connection, and start provisioning.",
        ],
        ClientSteps =
        [
            "Open the SCIM provisioning of your identity provider, and choose OAuth 2.0 client credentials.",
            "Paste the Tenant URL as the SCIM address, then the token endpoint, the client ID and the client secret. The scope is scim.",
            "Test the connection, and start provisioning.",
        ],
        FederationHelp = "Your identity provider signs assertions (RFC 7523) in place of a secret. Paste how it names itself and your application in them.",
        FederationSteps =
        [
            "Open the SCIM provisioning of your identity provider, and choose client credentials with a signed assertion.",
            "Paste the Tenant URL as the SCIM address, then the token endpoint and the client ID. The scope is scim.",
            "Test the connection, and start provisioning.",
        ],
    };

    public required string Provider { get; init; }

    /// <summary>The ways in, the usual one first.</summary>
    public required IReadOnlyList<SetupWay> Ways { get; init; }

    /// <summary>Whether issuer and keys follow from the id of a tenant.</summary>
    public bool OfTenant { get; init; }

    public required IReadOnlyList<string> KeySteps { get; init; }

    public required IReadOnlyList<string> ClientSteps { get; init; }

    /// <summary>Where the values of a federation are found.</summary>
    public string FederationHelp { get; init; } = "";

    public IReadOnlyList<string> FederationSteps { get; init; } = [];

    /// <summary>The guide of the identity provider that a directory's dialect is for.</summary>
    public static SetupGuide Of(DirectoryDialect dialect) => dialect switch
    {
        DirectoryDialect.Okta => Okta,
        DirectoryDialect.Strict => Any,
        _ => Entra,
    };

    /// <summary>What to do with what a way gave.</summary>
    public IReadOnlyList<string> Steps(SetupWay way) => way switch
    {
        SetupWay.Key => KeySteps,
        SetupWay.Client => ClientSteps,
        _ => FederationSteps,
    };
}
