using System.Security.Cryptography.X509Certificates;
using Cluster.Settings;
using Orleans.Connections.Security;

namespace Cluster.Hosting;

/// <summary>
/// Mutual TLS between the members of a cluster. Who has a certificate of the cluster's own authority is a member; names are not compared,
/// since members come and go under addresses that nobody knows beforehand.
/// </summary>
internal static class ClusterTls
{
    private const string NameOfAnyMember = "muster";

    /// <summary>Sets TLS up by the files.</summary>
    /// <param name="options">What Orleans goes by.</param>
    /// <param name="files">The files.</param>
    public static void Use(TlsOptions options, TlsFiles files)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(files.Authority!);
        options.LocalCertificate = X509Certificate2.CreateFromPemFile(files.Certificate!, files.Key!);
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (certificate, _, _) => IsSignedBy(authority, certificate);
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = NameOfAnyMember;
    }

    /// <summary>Whether an authority has signed a certificate that is valid now.</summary>
    public static bool IsSignedBy(X509Certificate2 authority, X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);

        // A private authority has no list of what it has revoked: to shut a member out, sign anew.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
