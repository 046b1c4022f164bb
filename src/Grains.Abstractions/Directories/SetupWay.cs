namespace Grains.Abstractions.Directories;

/// <summary>What a customer's admin makes by a setup link: one of the three ways in.</summary>
[GenerateSerializer, Alias("muster.SetupWay")]
public enum SetupWay
{
    /// <summary>A directory key, the Secret Token.</summary>
    Key = 0,

    /// <summary>An OAuth 2.0 client with a secret.</summary>
    Client = 1,

    /// <summary>An OAuth 2.0 client that comes in by the assertions of its identity provider.</summary>
    Federation = 2,
}
