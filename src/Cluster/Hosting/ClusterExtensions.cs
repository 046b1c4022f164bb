using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Cluster.Settings;
using Cluster.Storage;
using Grains.Hosting;
using Grains.Storage;
using Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Cluster.Hosting;

/// <summary>What makes a process a member of the cluster: a silo, or a front that calls silos.</summary>
public static class ClusterExtensions
{
    private const string AccountStorage = "account-";

    /// <summary>Makes this process a silo: membership and state in Azure Table storage.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="settings">The settings of the cluster.</param>
    public static ISiloBuilder AddMusterSilo(this ISiloBuilder silo, ClusterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(settings);
        var tables = settings.Storage.Client();
        silo.Configure<ClusterOptions>(options => Name(options, settings));
        silo.ConfigureEndpoints(Address(settings), settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        silo.UseAzureStorageClustering(options => options.TableServiceClient = tables);
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = Times.Probe;
            options.NumMissedProbesLimit = Times.MissedProbes;
            options.NumVotesForDeathDeclaration = Times.Votes;
            options.TableRefreshTimeout = Times.TableRefresh;
            options.IAmAliveTablePublishTimeout = Times.AliveWritten;
            options.DefunctSiloExpiration = Times.DeadForgotten;
        });
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = Times.GrainCall);
        silo.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Times.Drain);
        silo.AddActivityPropagation();
        if (settings.Tls.IsSet)
        {
            silo.UseTls(options => ClusterTls.Use(options, settings.Tls));
        }

        silo.AddStates(settings, tables);
        return silo;
    }

    /// <summary>Makes this process a caller of silos.</summary>
    /// <param name="client">The client.</param>
    /// <param name="settings">The settings of the cluster.</param>
    public static IClientBuilder AddMusterClient(this IClientBuilder client, ClusterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(settings);
        var tables = settings.Storage.Client();
        client.Configure<ClusterOptions>(options => Name(options, settings));
        client.UseAzureStorageClustering(options => options.TableServiceClient = tables);
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = Times.GatewayRefresh);
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = Times.FrontCall);
        client.UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            // A front that starts before the silos waits for them; readiness says so meanwhile.
            await Task.Delay(Times.ConnectPause, cancellationToken);
            return true;
        });
        client.AddActivityPropagation();
        if (settings.Tls.IsSet)
        {
            client.UseTls(options => ClusterTls.Use(options, settings.Tls));
        }

        return client;
    }

    private static void AddStates(this ISiloBuilder silo, ClusterSettings settings, TableServiceClient tables)
    {
        var accounts = settings.Accounts.ToDictionary(a => a.Key, a => a.Value.Client(), StringComparer.Ordinal);
        accounts[""] = tables;
        foreach (var (name, client) in accounts)
        {
            silo.AddAzureTableGrainStorage(AccountStorage + name, options =>
            {
                options.TableServiceClient = client;
                options.GrainStorageSerializer = new StateSerializer();
                options.DeleteStateOnClear = true;
            });
        }

        silo.Services.AddSingleton<DirectoryIds>(new AccountDirectoryIds([.. accounts.Keys]));
        silo.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.Provider, (services, _) => services.Counted(new AccountGrainStorage(accounts.Keys.ToDictionary(
                name => name,
                name => services.GetRequiredKeyedService<IGrainStorage>(AccountStorage + name),
                StringComparer.Ordinal))));
    }

    private static void Name(ClusterOptions options, ClusterSettings settings) =>
        (options.ServiceId, options.ClusterId) = (settings.ServiceId, settings.ClusterId);

    // Of a host with several addresses the first that is none of the loopback's.
    private static IPAddress Address(ClusterSettings settings) =>
        settings.Address is { } text
            ? IPAddress.Parse(text)
            : Array.Find(Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork), a => !IPAddress.IsLoopback(a)) ?? IPAddress.Loopback;
}
