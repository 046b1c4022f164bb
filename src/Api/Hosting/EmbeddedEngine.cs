using Api.Admin;
using Grains.Hosting;
using Grains.Storage;

namespace Api.Hosting;

/// <summary>The composition root of the embedded engine: the one place where the front knows the grains and what runs them.</summary>
internal static class EmbeddedEngine
{
    private const string FileStorage = "file";

    /// <summary>Runs the grains in this process, on one SQLite file.</summary>
    /// <returns>True: there is nothing that could be at fault.</returns>
    public static bool AddGrainEngine(this WebApplicationBuilder builder, MusterSettings settings)
    {
        builder.Services.AddMusterGrains(settings.RequestsPerSecond, settings.MaxScanned, settings.AuditDays);
        builder.Services.AddSqliteGrainStorage(FileStorage, settings.StoragePath, new SqliteStoreOptions { CheckOnOpen = settings.StorageCheck });
        builder.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.Provider, (services, _) => services.Counted(
            services.GetRequiredKeyedService<IGrainStorage>(FileStorage)));
        builder.Services.AddSingleton<IBackups>(services => new FileBackups(
            services.GetRequiredKeyedService<SqliteStore>(Path.GetFullPath(settings.StoragePath)),
            settings.BackupsFolder,
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddEmbeddedGrains(options =>
        {
            options.GrainAssemblies.Add(typeof(StateSerializer).Assembly);
            options.MaxActivations = settings.MaxActivations;
        });
        return true;
    }

    /// <summary>Opens the file; a fault is told on standard error.</summary>
    /// <returns>False where it cannot be opened; the server must not start.</returns>
    public static bool OpenStorage(this IServiceProvider services)
    {
        try
        {
            services.GetRequiredKeyedService<IGrainStorage>(FileStorage);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Storage: {exception.Message}");
            return false;
        }
    }
}
