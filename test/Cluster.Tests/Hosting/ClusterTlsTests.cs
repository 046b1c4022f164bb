using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cluster.Hosting;

namespace Cluster.Tests.Hosting;

public sealed class ClusterTlsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public void IsSignedBy_TheAuthority_IsTrueOfItsOwnOnly()
    {
        using var authority = Authority("cluster");
        using var other = Authority("cluster");
        using var member = Signed(authority, Now.AddDays(1));
        using var stranger = Signed(other, Now.AddDays(1));
        using var expired = Signed(authority, Now.AddMinutes(-1));

        ClusterTls.IsSignedBy(authority, member).ShouldBeTrue();
        ClusterTls.IsSignedBy(authority, stranger).ShouldBeFalse();
        ClusterTls.IsSignedBy(authority, expired).ShouldBeFalse();
        ClusterTls.IsSignedBy(authority, null).ShouldBeFalse();
    }

    private static X509Certificate2 Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
    }

    private static X509Certificate2 Signed(X509Certificate2 authority, DateTimeOffset until)
    {
        var request = new CertificateRequest("CN=silo", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        return request.Create(authority, Now.AddDays(-1), until, RandomNumberGenerator.GetBytes(8));
    }
}
