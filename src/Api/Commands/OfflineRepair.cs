using Grains.Checking;
using Grains.Directories;
using Grains.Hosting;
using Grains.Queries;
using Grains.Storage;
using Grains.Tenants;

namespace Api.Commands;

/// <summary>Checks a database that no server has and, where that is asked for, mends it by a silo of its own that serves nobody.</summary>
/// <param name="database">The file.</param>
/// <param name="tell">Is told each thing that was done.</param>
internal sealed class OfflineRepair(string database, Action<string> tell)
{
    /// <summary>One mending may bring another to light; what stands after so many rounds does not yield.</summary>
    private const int MaxRounds = 4;

    /// <summary>Looks at every row.</summary>
    /// <exception cref="SqliteStoreException">The file cannot be opened, or its structure is damaged, so that rows may be missing from sight.</exception>
    public CheckReport Check()
    {
        using var store = OfflineStore.Open(database);
        if (store.StructureFaults() is { Count: > 0 } faults)
        {
            throw new IOException($"{store.File}: its structure is damaged, so that its rows cannot be told: {faults[0]}. Restore it from a backup.");
        }

        return StoreCheck.Run(new OfflineRows(store));
    }

    /// <summary>Mends what can be mended, round by round.</summary>
    /// <returns>What a last check finds.</returns>
    public async Task<CheckReport> Mend(CheckReport found, bool acceptLoss)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var repair = new StoreRepair(found, acceptLoss, tell);
            if (!repair.HasWork)
            {
                break;
            }

            using (var store = OfflineStore.Open(database))
            {
                store.Delete(repair.RowsToDrop(new OfflineRows(store)));
            }

            await Mend(repair);
            found = Check();
        }

        return found;
    }

    private async Task Mend(StoreRepair repair)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        services.AddDirectoryQueries();
        services.AddSingleton<DirectoryIds>();
        services.AddOptions<DirectoryOptions>();
        services.AddOptions<QueryOptions>();
        services.AddSqliteGrainStorage(StorageNames.Provider, database);
        services.AddEmbeddedGrains(options => options.GrainAssemblies.Add(typeof(StateSerializer).Assembly));
        await using var provider = services.BuildServiceProvider();
        await repair.EditRows(provider.GetRequiredKeyedService<IGrainStorage>(StorageNames.Provider));
        var silo = provider.GetRequiredService<EmbeddedSilo>();
        await silo.StartAsync(CancellationToken.None);
        await repair.AskGrains(silo);
        await silo.StopAsync(CancellationToken.None);
    }
}
