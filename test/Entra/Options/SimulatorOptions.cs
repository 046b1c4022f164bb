using System.Net;

namespace Entra.Options;

/// <summary>What one run of the simulator is to do. Made by <see cref="CommandLine"/>, which checks it.</summary>
internal sealed record SimulatorOptions
{
    /// <summary>The Tenant URL of one directory, or, with <see cref="AdminKey"/>, the root of the server.</summary>
    public Uri? Url { get; init; }

    /// <summary>The Secret Token of the directory at <see cref="Url"/>.</summary>
    public string? Token { get; init; }

    /// <summary>A platform admin key: a tenant and <see cref="Directories"/> directories are made with it.</summary>
    public string? AdminKey { get; init; }

    public int Directories { get; init; } = 1;

    public int Users { get; init; } = 100;

    public int Groups { get; init; } = 10;

    /// <summary>Memberships in all, over all groups of a directory.</summary>
    public int Members { get; init; } = 300;

    public IdentityProvider Idp { get; init; }

    /// <summary>Null: Entra's default, and of Okta's two each in turn.</summary>
    public PatchDialect? Dialect { get; init; }

    /// <summary>What Entra sends.</summary>
    public AttributeMapping Mapping { get; init; } = AttributeMapping.Standard;

    /// <summary>Where to connect to, whatever host the URL names; null: by its name.</summary>
    public DnsEndPoint? ConnectTo { get; init; }

    /// <summary>Whether Okta's creates carry a password, which an application's vendor can turn on.</summary>
    public bool Passwords { get; init; }

    public int Cycles { get; init; } = 1;

    /// <summary>Requests in flight at a time, for each directory.</summary>
    public int Parallel { get; init; } = 4;

    public ulong Seed { get; init; } = 1;

    /// <summary>The fraction of writes that are sent a second time, as if the first answer had been lost.</summary>
    public double Retries { get; init; } = 0.01;

    /// <summary>How often in a row 429 or 503 may be answered to one request before that is a surprise.</summary>
    public int MaxRetries { get; init; } = 20;

    /// <summary>For how long the server may be away at a time (connections refused or lost, 503); zero: that is a surprise.</summary>
    public TimeSpan Outages { get; init; }

    /// <summary>For how long the final reading may differ from the model before that is a surprise.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    public FileInfo? State { get; init; }

    public bool VerifyOnly { get; init; }

    /// <summary>The dialect of one of the directories.</summary>
    /// <remarks><paramref name="number"/>: From 1.</remarks>
    public PatchDialect DialectOf(int number) => Dialect
        ?? (Idp == IdentityProvider.Entra ? PatchDialect.Default : number % 2 == 1 ? PatchDialect.Wizard : PatchDialect.Catalogue);
}
