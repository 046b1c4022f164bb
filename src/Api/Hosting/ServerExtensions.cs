using Api.Admin.Problems;

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
        builder.Services.AddSingleton<DirectoryRounds>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DirectoryRounds>());
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemTypes.Put);
    }

    /// <summary>Whether the process lives, and whether it serves.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" })).ExcludeFromDescription();
        app.MapGet("/health/ready", (PlatformState platform, IHostApplicationLifetime lifetime) => platform.IsOpen && !lifetime.ApplicationStopping.IsCancellationRequested
            ? Results.Ok(new { status = "ready" })
            : Results.Json(new { status = platform.IsOpen ? "leaving" : "starting" }, statusCode: StatusCodes.Status503ServiceUnavailable)).ExcludeFromDescription();
    }
}
