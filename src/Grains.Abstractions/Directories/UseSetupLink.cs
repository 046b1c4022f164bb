namespace Grains.Abstractions.Directories;

/// <summary>What a customer's admin makes by a setup link, once: a key, or a client with a secret or with a federation.</summary>
[GenerateSerializer, Immutable, Alias("muster.UseSetupLink")]
public sealed record UseSetupLink
{
    /// <summary>SHA-256 of the secret part of the link, 32 bytes.</summary>
    [Id(0)]
    public required byte[] Hash { get; init; }

    /// <summary>By what this use is known again when its answer was lost, 32 bytes.</summary>
    [Id(1)]
    public required byte[] Submission { get; init; }

    [Id(2)]
    public required SetupWay Way { get; init; }

    /// <summary>The key, or the secret of the client; null for a federation.</summary>
    [Id(3)]
    public IssueKey? Secret { get; init; }

    /// <summary>The client; null for a key.</summary>
    [Id(4)]
    public CreateClient? Client { get; init; }

    /// <summary>By whose assertions the client comes in; null for the other two.</summary>
    [Id(5)]
    public ClientFederation? Federation { get; init; }
}
