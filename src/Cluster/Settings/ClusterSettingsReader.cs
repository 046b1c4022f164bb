using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Cluster.Settings;

/// <summary>Reads the settings of a cluster.</summary>
public static class ClusterSettingsReader
{
    /// <summary>Reads them, and tells every fault, not just the first.</summary>
    /// <param name="configuration">Where they are.</param>
    /// <param name="faults">Gets a sentence for each fault, which names the setting.</param>
    public static ClusterSettings ReadCluster(this IConfiguration configuration, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(faults);
        var storage = Account(configuration.GetSection("Storage"));
        var settings = new ClusterSettings
        {
            ServiceId = configuration["Cluster:ServiceId"] ?? ClusterSettings.DefaultId,
            ClusterId = configuration["Cluster:ClusterId"] ?? ClusterSettings.DefaultId,
            CoHost = Truth("Cluster:CoHost", standard: true),
            SiloPort = Number("Cluster:SiloPort", ClusterSettings.DefaultSiloPort),
            GatewayPort = Number("Cluster:GatewayPort", ClusterSettings.DefaultGatewayPort),
            Address = configuration["Cluster:Address"],
            Tls = new TlsFiles
            {
                Certificate = configuration["Cluster:Tls:Certificate"],
                Key = configuration["Cluster:Tls:Key"],
                Authority = configuration["Cluster:Tls:Authority"],
            },
            Storage = storage is { ConnectionString: null, ServiceUri: null } ? storage with { ConnectionString = TableAccount.Development } : storage,
            Accounts = configuration.GetSection("Storage:Accounts").GetChildren().ToDictionary(s => s.Key, Account, StringComparer.Ordinal),
        };
        foreach (var error in new ClusterSettingsValidator().Validate(settings).Errors)
        {
            faults.Add(error.ErrorMessage);
        }

        return settings;

        static TableAccount Account(IConfigurationSection section) => new()
        {
            ConnectionString = section["ConnectionString"],
            ServiceUri = section["ServiceUri"],
            ClientId = section["ClientId"],
        };

        bool Truth(string key, bool standard)
        {
            if (configuration[key] is not { } text)
            {
                return standard;
            }

            if (bool.TryParse(text, out var value))
            {
                return value;
            }

            faults.Add($"{key} is '{text}'; it must be true or false.");
            return standard;
        }

        int Number(string key, int standard)
        {
            if (configuration[key] is not { } text)
            {
                return standard;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            faults.Add($"{key} is '{text}'; it must be a whole number.");
            return standard;
        }
    }
}
