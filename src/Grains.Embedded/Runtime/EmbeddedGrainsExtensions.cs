using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grains.Embedded;

/// <summary>Puts the engine and its storage into a host.</summary>
public static class EmbeddedGrainsExtensions
{
    /// <summary>Adds one <see cref="EmbeddedSilo"/>, started and stopped with the host, and <see cref="IGrainFactory"/> over it.</summary>
    public static IServiceCollection AddEmbeddedGrains(this IServiceCollection services, Action<EmbeddedOptions> configure)
    {
        var options = new EmbeddedOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new EmbeddedSilo(provider, options));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<EmbeddedSilo>());
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedSilo>());
        return services;
    }

    /// <summary>
    /// Adds grain storage under <paramref name="name"/> in the SQLite file at <paramref name="path"/>. Names given the same path share the
    /// file. It is opened when first asked for, and closed with the host.
    /// </summary>
    public static IServiceCollection AddSqliteGrainStorage(this IServiceCollection services, string name, string path, SqliteStoreOptions? options = null)
    {
        var file = Path.GetFullPath(path);
        services.TryAddKeyedSingleton(file, (_, _) => new SqliteStore(file, options));
        services.AddKeyedSingleton<IGrainStorage>(name, (provider, _) => new SqliteGrainStorage(
            provider.GetRequiredKeyedService<SqliteStore>(file), provider.GetRequiredService<IGrainStorageSerializer>()));
        return services;
    }
}
