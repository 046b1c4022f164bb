using Grains.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder admin) =>
        admin.MapGet("/metrics", Get).WithTags("Metrics").WithSummary("Read how many storage operations this process has done");

    private static Results<Ok<StorageOperations>, ProblemHttpResult> Get(HttpContext http, StorageMetrics metrics) =>
        http.Opens(tenant: null)
            ? TypedResults.Ok(new StorageOperations(metrics.Reads, metrics.Writes, metrics.Clears))
            : Refusals.WholePlatform();
}
