using Grains.Auditing;
using Grains.Directories;
using Grains.Indexes;
using Grains.Queries;
using Grains.Storage;
using Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grains.Hosting;

/// <summary>What the grains need of a process that runs them.</summary>
public static class GrainServices
{
    /// <summary>Adds the settings that grains read, the one form of their stored state, and what the process remembers on their behalf.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="requestsPerSecond">How many requests a second a directory takes; 0 for no limit.</param>
    /// <param name="maxScanned">How many resources a filter without an index may look at.</param>
    /// <param name="auditDays">For how many days audit records are kept.</param>
    public static IServiceCollection AddMusterGrains(
        this IServiceCollection services,
        int requestsPerSecond,
        int maxScanned,
        int auditDays = AuditOptions.DefaultDays)
    {
        services.Configure<AuditOptions>(o => o.Days = auditDays);
        services.Configure<DirectoryOptions>(o => o.RequestsPerSecond = requestsPerSecond);
        services.Configure<QueryOptions>(o => o.MaxScanned = maxScanned);
        services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<NewRows>();
        services.AddDirectoryQueries();
        services.TryAddSingleton<DirectoryIds>();
        return services;
    }

    /// <summary>Adds what directories need of a process: the limits of queries by default, and what is remembered of pages and of indexes.</summary>
    /// <param name="services">The services of the process.</param>
    public static IServiceCollection AddDirectoryQueries(this IServiceCollection services) => services
        .AddSingleton<Walks>()
        .AddSingleton<ScanPace>()
        .AddSingleton<ScanSlots>()
        .AddSingleton<DirectoryQueries>()
        .AddSingleton<IndexEpochs>();

    /// <summary>An engine's storage as the grains have it: counted, and not asked for what cannot be there.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="storage">The engine's storage.</param>
    public static IGrainStorage Counted(this IServiceProvider services, IGrainStorage storage) => new NewRowGrainStorage(
        new CountingGrainStorage(storage, services.GetRequiredService<StorageMetrics>()),
        services.GetRequiredService<NewRows>());
}
