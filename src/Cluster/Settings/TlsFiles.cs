namespace Cluster.Settings;

/// <summary>
/// <c>Cluster:Tls</c>: the certificates by which members of a cluster know each other, as PEM files. Where they are set, silos and fronts
/// talk by TLS only, and both sides have to show a certificate that the authority has signed.
/// </summary>
public sealed record TlsFiles
{
    /// <summary><c>Cluster:Tls:Certificate</c>: this member's certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary><c>Cluster:Tls:Key</c>: its private key.</summary>
    public string? Key { get; init; }

    /// <summary><c>Cluster:Tls:Authority</c>: the certificate of the authority that signs those of all members, and no others.</summary>
    public string? Authority { get; init; }

    /// <summary>Whether any of them is set.</summary>
    public bool IsSet => Certificate is not null || Key is not null || Authority is not null;
}
