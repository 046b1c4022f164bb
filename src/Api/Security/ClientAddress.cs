using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Api.Security;

/// <summary>By which address a client counts as the same.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address; of IPv6 its network, as one machine has many addresses.</summary>
    public static string NameOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address is null ? ""
            : address.AddressFamily == AddressFamily.InterNetworkV6 ? string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))}/64")
            : address.ToString();
    }
}
