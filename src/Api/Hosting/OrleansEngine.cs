using Api.Admin;
using Cluster.Hosting;
using Cluster.Settings;
using Grains.Hosting;

namespace Api.Hosting;

/// <summary>The composition root of the Orleans engine: a front that calls silos, or one that is a silo itself.</summary>
internal static class OrleansEngine
{
    /// <summary>Makes this process a member of the cluster.</summary>
    /// <returns>False where the settings of the cluster are at fault; each fault is told on standard error.</returns>
    public static bool AddGrainEngine(this WebApplicationBuilder builder, MusterSettings settings)
    {
        var faults = new List<string>();
        var cluster = builder.Configuration.ReadCluster(faults);
        faults.ForEach(fault => Console.Error.WriteLine($"Configuration: {fault}"));
        if (faults.Count > 0)
        {
            return false;
        }

        builder.Services.AddMusterGrains(settings.RequestsPerSecond, settings.MaxScanned, settings.AuditDays);
        builder.Services.AddSingleton<IBackups, NoBackups>();
        builder.AddTelemetry("muster-api");
        if (cluster.CoHost)
        {
            builder.UseOrleans(silo => silo.AddMusterSilo(cluster));
        }
        else
        {
            builder.UseOrleansClient(client => client.AddMusterClient(cluster));
        }

        return true;
    }

    /// <summary>There is nothing to open beforehand: the tables are reached when the silo starts.</summary>
    public static bool OpenStorage(this IServiceProvider services) => services is not null;
}
