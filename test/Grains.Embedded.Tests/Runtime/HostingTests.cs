using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Grains.Embedded.Tests.Runtime;

public sealed class HostingTests
{
    [Fact]
    public async Task Host_StoppedAndStartedAgain_KeepsWhatWasWritten()
    {
        using var folder = new TempFolder();
        for (var start = 1; start <= 2; start++)
        {
            var builder = Host.CreateEmptyApplicationBuilder(new());
            builder.Services.AddSingleton<IGrainStorageSerializer, JsonGrainStorageSerializer>();
            builder.Services.AddSingleton<Script>();
            builder.Services.AddSqliteGrainStorage("Default", folder.File);
            builder.Services.AddEmbeddedGrains(options => options.GrainAssemblies.Add(TypesAssembly.WellBehaved));
            using var host = builder.Build();
            await host.StartAsync();
            (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounter>("a").Add(1)).ShouldBe(start);
            await host.StopAsync();
        }
    }
}
