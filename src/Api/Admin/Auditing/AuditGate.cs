using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;

namespace Api.Admin.Auditing;

/// <summary>Puts each change by an admin into an audit record: that of the tenant that it concerns, or the platform's.</summary>
internal sealed class AuditGate(RequestDelegate next, IGrainFactory grains, AuditRecorder recorder)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AdminEndpoint>() is null
            || http.Features.Get<AdminScope>() is not { } scope
            || HttpMethods.IsGet(http.Request.Method)
            || HttpMethods.IsHead(http.Request.Method)
            || await RecordOf(http, scope) is not { } record)
        {
            await next(http);
            return;
        }

        var actor = new AuditActor(scope.KeyId, scope.KeyName, scope.Tenant is null ? "platform" : $"tenant:{scope.Tenant}");
        await recorder.Run(http, record, actor, () => next(http));
    }

    /// <summary>The key of the record; null where there is nothing that the admin key opens, and so nothing to change.</summary>
    private async ValueTask<string?> RecordOf(HttpContext http, AdminScope scope)
    {
        if (http.GetRouteValue("directory") is string directory)
        {
            return (await DirectoryEndpoints.Find(directory, http, grains))?.Tenant;
        }

        if (http.GetRouteValue("tenant") is string tenant)
        {
            return !GrainKeys.IsPart(tenant) || !http.Opens(tenant) || await grains.GetGrain<ITenantGrain>(tenant).Look() is null ? null
                : IsWhole(http) && HttpMethods.IsDelete(http.Request.Method) ? GrainKeys.Platform
                : tenant;
        }

        return scope.Tenant ?? GrainKeys.Platform;
    }

    /// <summary>Whether it is the tenant itself, and not something of it.</summary>
    private static bool IsWhole(HttpContext http) =>
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/').EndsWith("{tenant}", StringComparison.Ordinal) == true;
}
