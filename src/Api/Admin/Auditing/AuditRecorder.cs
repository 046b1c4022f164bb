using System.Collections.Frozen;
using System.Diagnostics;
using Grains.Abstractions.Auditing;

namespace Api.Admin.Auditing;

/// <summary>
/// Runs a change within its audit record: what is begun is durable before the change, and its outcome before the answer leaves. Where the
/// process ends in between, or the outcome cannot be stored, the record says that it was begun.
/// </summary>
internal sealed class AuditRecorder(IGrainFactory grains, TimeProvider time)
{
    /// <summary>What things are called whose part of an address is called otherwise.</summary>
    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["link"] = "setup-link",
        ["name"] = "resource-type",
        ["urn"] = "extension",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Runs a change.</summary>
    /// <param name="http">The request.</param>
    /// <param name="record">The key of the record: of a tenant, or of the platform.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="change">What makes it, and writes the answer.</param>
    public async Task Run(HttpContext http, string record, AuditActor actor, Func<Task> change)
    {
        var trail = new AuditTrail();
        http.Features.Set(trail);
        foreach (var (kind, value) in http.GetRouteData().Values)
        {
            if (kind is not "token" and not "rest")
            {
                trail.Target(Kinds.GetValueOrDefault(kind, kind), value?.ToString());
            }
        }

        var audit = grains.GetGrain<IAuditGrain>(record);
        var entry = new AuditEntry
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            At = time.GetUtcNow(),
            Actor = actor.Id,
            ActorName = actor.Name,
            Scope = actor.Scope,
            Address = http.Connection.RemoteIpAddress?.ToString(),
            Method = http.Request.Method,
            Route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "",
            Targets = trail.Targets,
            CorrelationId = Activity.Current?.Id ?? http.TraceIdentifier,
        };
        var sequence = await audit.Begin(entry);

        // The answer waits until its outcome is in the record.
        var body = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try
        {
            await change();
            NoteMade(http, trail);
            await audit.End(End(http.Response.StatusCode));
        }
        catch (Exception)
        {
            http.Response.Body = body;
            http.Response.Clear();
            await TryEnd();
            throw;
        }

        http.Response.Body = body;
        held.Position = 0;
        await held.CopyToAsync(body, http.RequestAborted);

        AuditEnd End(int status) => new()
        {
            Sequence = sequence,
            Id = entry.Id,
            Outcome = new AuditOutcome { At = time.GetUtcNow(), Status = status, Changes = trail.Changes },
            Targets = trail.Targets,
        };

        async Task TryEnd()
        {
            try
            {
                await audit.End(End(StatusCodes.Status503ServiceUnavailable));
            }
            catch (Exception)
            {
                // It stays begun: nobody knows what became of it.
            }
        }
    }

    /// <summary>What was made is named by its address: <c>…/keys/{id}</c> is a key. Where it has none of its own, its endpoint names it.</summary>
    private static void NoteMade(HttpContext http, AuditTrail trail)
    {
        if (http.Response.StatusCode == StatusCodes.Status201Created && http.Response.Headers.Location is [{ } location] && location != http.Request.Path.Value!.TrimEnd('/') && location.Split('/') is [.., var kind, var id])
        {
            trail.Target(Singular(kind), Uri.UnescapeDataString(id));
        }
    }

    private static string Singular(string kind) =>
        kind.EndsWith("ies", StringComparison.Ordinal) ? kind[..^3] + "y" : kind.TrimEnd('s');
}
