using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Api.OAuth;

/// <summary>Which addresses may be asked for keys: those of the internet, by HTTPS.</summary>
/// <param name="privateNetworks">Whether private networks and this machine may be asked too, the latter by plain HTTP as well.</param>
internal sealed class JwksAddresses(bool privateNetworks)
{
    /// <summary>Networks of IPv4 that are not of the internet (RFC 6890 and its successors).</summary>
    private static readonly IPNetwork[] Special =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"),
    ];

    private static readonly IPNetwork Internet6 = IPNetwork.Parse("2000::/3");

    /// <summary>Of those: tunnels, which may end anywhere, and what stands in books.</summary>
    private static readonly IPNetwork[] Special6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    /// <summary>Reads the address of a set of keys.</summary>
    /// <returns>False where it must not be asked. A name may yet stand for an address that must not.</returns>
    public bool TryRead(string url, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(url, UriKind.Absolute, out address)
        && address is { UserInfo: "", Fragment: "", Host.Length: > 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && privateNetworks && address.IsLoopback))
        && (!IPAddress.TryParse(address.IdnHost, out var ip) || Allows(ip));

    /// <summary>Whether an address may be asked.</summary>
    public bool Allows(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (Array.Exists(Private, n => n.Contains(address)))
        {
            return privateNetworks;
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Special, n => n.Contains(address))
            : Internet6.Contains(address) && !Array.Exists(Special6, n => n.Contains(address));
    }
}
