using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Api.Hosting;

/// <summary>Requests that come by a reverse proxy.</summary>
internal static class ForwardedRequests
{
    /// <summary>Believes the forwarded headers of the proxies that the settings name; those of anybody else are as if they were not there.</summary>
    public static void UseForwardedRequests(this WebApplication app, MusterSettings settings)
    {
        if (settings.Proxies is not { } proxies)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,

            // As many as there are proxies in a row: each has to be a known one.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies.Split(',', StringSplitOptions.TrimEntries))
        {
            if (TryParse(proxy, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>Reads an address, which is a network of one, or a network.</summary>
    public static bool TryParse(string text, out System.Net.IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return System.Net.IPNetwork.TryParse(text, out network);
    }
}
