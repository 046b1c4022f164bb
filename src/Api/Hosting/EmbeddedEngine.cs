using Grains.Storage;

namespace Api.Hosting;

/// <summary>The composition root of the embedded engine: the one place where the front knows the grains and what runs them.</summary>
internal static class EmbeddedEngine
{
    private const string FileStorage = "file";

    /// <summary>Runs the grains in this process, on one SQLite file.</summary>
    public static void AddGrainEngine(this WebApplicationBuilder builder, MusterSettings settings)
    {
        builder.Services.AddGrainSettings(settings);
        builder.Services.AddSqliteGrainStorage(FileStorage, settings.StoragePath);
        builder.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.Provider, (services, _) => new CountingGrainStorage(
            services.GetRequiredKeyedService<IGrainStorage>(FileStorage),
            services.GetRequiredService<StorageMetrics>()));
        builder.Services.AddEmbeddedGrains(options => options.GrainAssemblies.Add(typeof(StateSerializer).Assembly));
    }
}
