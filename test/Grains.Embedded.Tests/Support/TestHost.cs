using Microsoft.Extensions.DependencyInjection;

namespace Grains.Embedded.Tests;

/// <summary>Silos over one store in a folder of its own, on a clock of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly List<EmbeddedSilo> _silos = [];

    public TestHost()
    {
        Store = new(_folder.File);
        Storage = new(new SqliteGrainStorage(Store, new JsonGrainStorageSerializer()));
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Script)
            .AddKeyedSingleton<IGrainStorage>("Default", Storage)
            .BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new();

    public Script Script { get; } = new();

    public SqliteStore Store { get; }

    public GateStorage Storage { get; }

    public EmbeddedSilo Silo => _silos[0];

    public static async Task<TestHost> StartAsync(Action<EmbeddedOptions>? configure = null)
    {
        var host = new TestHost();
        await host.AddSiloAsync(configure);
        return host;
    }

    public async Task<EmbeddedSilo> AddSiloAsync(Action<EmbeddedOptions>? configure = null)
    {
        var options = new EmbeddedOptions { GrainAssemblies = { TypesAssembly.WellBehaved } };
        configure?.Invoke(options);
        var silo = new EmbeddedSilo(_services, options);
        await silo.StartAsync(CancellationToken.None);
        _silos.Add(silo);
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        Script.OpenAll();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await _services.DisposeAsync();
        Store.Dispose();
        _folder.Dispose();
    }
}
