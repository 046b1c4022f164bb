namespace Silo;

/// <summary>Whether the silo lives, and whether it serves.</summary>
internal static class SiloHealth
{
    /// <summary>
    /// <c>/health/live</c> looks at this process alone: a silo that cannot reach storage or its neighbours must not be restarted for it.
    /// <c>/health/ready</c> is 503 while the silo joins the cluster, and from when it begins to leave.
    /// </summary>
    public static void MapSiloHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        app.MapGet("/health/ready", (ISiloStatusOracle membership, IHostApplicationLifetime lifetime) =>
            membership.CurrentStatus == SiloStatus.Active && !lifetime.ApplicationStopping.IsCancellationRequested
                ? Results.Ok(new { status = "ready" })
                : Results.Json(new { status = Name(membership.CurrentStatus, lifetime) }, statusCode: StatusCodes.Status503ServiceUnavailable));
    }

    private static string Name(SiloStatus status, IHostApplicationLifetime lifetime) =>
        lifetime.ApplicationStopping.IsCancellationRequested || status is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead ? "leaving" : "joining";
}
