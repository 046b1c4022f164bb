using Grains.Directories;
using Grains.Queries;
using Grains.Storage;

namespace Api.Hosting;

internal static class ServerExtensions
{
    /// <summary>Room for the longest filter that is read, percent-encoded, so that a longer one is told its limit and not just 414.</summary>
    private const int MaxRequestLineBytes = 64 << 10;

    /// <summary>Kestrel's limits, what the grains need, and what starts the platform.</summary>
    public static void AddMusterServer(this WebApplicationBuilder builder, MusterSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            kestrel.Limits.MaxRequestBodySize = settings.RequestBytes;
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Console.Out);
        builder.Services.AddSingleton<PlatformState>();
        builder.Services.AddSingleton<FirstStart>();
        builder.Services.AddProblemDetails();
    }

    /// <summary>The settings that grains read, and the one form of their stored state.</summary>
    public static void AddGrainSettings(this IServiceCollection services, MusterSettings settings)
    {
        services.Configure<DirectoryOptions>(o => o.RequestsPerSecond = settings.RequestsPerSecond);
        services.Configure<QueryOptions>(o => o.MaxScanned = settings.MaxScanned);
        services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<NewRows>();
        services.AddSingleton<Walks>();
    }

    /// <summary>An engine's storage as the grains have it: counted, and not asked for what cannot be there.</summary>
    public static IGrainStorage Decorated(this IServiceProvider services, IGrainStorage storage) => new NewRowGrainStorage(
        new CountingGrainStorage(storage, services.GetRequiredService<StorageMetrics>()),
        services.GetRequiredService<NewRows>());

    /// <summary>Whether the process lives, and whether it serves.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" })).ExcludeFromDescription();
        app.MapGet("/health/ready", (PlatformState platform) => platform.IsOpen
            ? Results.Ok(new { status = "ready" })
            : Results.Json(new { status = "starting" }, statusCode: StatusCodes.Status503ServiceUnavailable)).ExcludeFromDescription();
    }
}
