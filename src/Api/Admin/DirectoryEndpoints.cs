using Api.Admin.Auditing;
using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Admin.Requests;
using Api.Hosting;
using Api.Profiles;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;
using Scim.Schemas;

namespace Api.Admin;

internal static class DirectoryEndpoints
{
    /// <summary>How often a change is tried again that another change came between.</summary>
    private const int MaxAttempts = 4;

    public static void MapDirectories(this IEndpointRouteBuilder admin)
    {
        var ofTenant = admin.MapGroup("/tenants/{tenant}/directories").WithTags("Directories");
        ofTenant.MapPost("/", Create)
            .WithSummary("Make a directory")
            .WithDescription("With an Idempotency-Key, a retry gets the directory that the first try made. Limits are set by admins of the platform only.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        ofTenant.MapGet("/", List)
            .WithSummary("List the directories of a tenant, those being removed included")
            .WithDescription("A page at a time, in the order of their ids; name= chooses those whose name has it in it, whatever the case.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound);
        var group = admin.MapGroup("/directories/{directory}").WithTags("Directories");
        group.MapGet("/", Get)
            .WithSummary("Read a directory, with the progress of its removal")
            .Produces<TenantDirectory>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/", Change)
            .Accepts<DirectoryPatch>(MergePatch.MediaType, "application/json")
            .WithSummary("Change a directory's name, dialect and limits, by a JSON Merge Patch")
            .WithDescription("What is not given stays; null takes a limit away. Limits are set by admins of the platform only.")
            .Produces<TenantDirectory>()
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/", Remove)
            .WithSummary("Remove a directory: its keys are dead at once, its contents are cleared afterwards")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    /// <summary>The directory, where it exists and the request's admin key opens its tenant.</summary>
    public static async Task<DirectoryDescription?> Find(string directory, HttpContext http, IGrainFactory grains) =>
        GrainKeys.IsPart(directory) && await grains.GetGrain<IDirectoryGrain>(directory).Describe() is { } found && http.Opens(found.Tenant)
            ? found
            : null;

    private static async Task<Results<Created<TenantDirectory>, ProblemHttpResult>> Create(
        string tenant,
        NewDirectory body,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses,
        ProfileCatalogue catalogue,
        PlatformState platform)
    {
        if (!GrainKeys.IsPart(tenant) || !http.Opens(tenant) || await grains.GetGrain<ITenantGrain>(tenant).Describe() is null)
        {
            return Refusals.NotFound("tenant");
        }

        if (body.Limits is not null && !http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        if (IdempotentRequest.TryRead(http, platform, out var idempotent) is { } fault)
        {
            return Faults.Problem(fault);
        }

        var request = new CreateDirectory { Tenant = tenant, Name = body.Name!.Trim() };
        if (body.Profile is { } profile)
        {
            if (await catalogue.Find(profile) is not { } found)
            {
                return Faults.Problem(new Fault($"There is no profile '{profile}'.", "#/profile"));
            }

            request = found.NewDirectory(tenant, request.Name);
        }

        request = request with
        {
            Dialect = body.Dialect is null ? request.Dialect : DialectOf(body.Dialect),
            UserIndexes = body.UserIndexes is null ? request.UserIndexes : DirectoryIndexes.Canonical(body.UserIndexes.OfType<string>(), SchemaSet.Standard.User),
            GroupIndexes = body.GroupIndexes is null ? request.GroupIndexes : DirectoryIndexes.Canonical(body.GroupIndexes.OfType<string>(), SchemaSet.Standard.Group),
            Limits = body.Limits is null ? null : Stored(body.Limits),
            Request = idempotent?.Id,
            Digest = idempotent?.Digest,
        };
        if (await grains.GetGrain<ITenantGrain>(tenant).AddDirectory(body.Id, request) is not { } made)
        {
            return Refusals.Taken("id");
        }

        if (made.Digest != idempotent?.Digest)
        {
            return Refusals.Reused();
        }

        if (made.Removal is not null)
        {
            return Refusals.Spent("directory");
        }

        var trail = http.Audit();
        trail.Target("directory", made.Id);
        trail.Changed("name", null, made.Name);
        trail.Changed("dialect", null, Shown(made.Dialect));
        AuditLimits(trail, new Limits(), Shown(made.Limits));
        return TypedResults.Created($"/admin/v1/directories/{made.Id}", Shown(made, http, addresses));
    }

    private static async Task<Results<Ok<Page<TenantDirectory>>, ProblemHttpResult>> List(
        string tenant,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses,
        int? count = null,
        string? after = null,
        string? name = null)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name, faults);
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        var query = new KeysetQuery { After = page.After, Count = page.Count, Name = page.Name };
        return GrainKeys.IsPart(tenant) && http.Opens(tenant) && await grains.GetGrain<ITenantGrain>(tenant).ListDirectories(query) is { } found
            ? TypedResults.Ok(PageRequest.Of([.. found.Directories.Select(d => Shown(d, http, addresses))], found.Next, http))
            : Refusals.NotFound("tenant");
    }

    private static async Task<IResult> Get(string directory, HttpContext http, IGrainFactory grains, AdminAddresses addresses, EntityTags tags) =>
        await Find(directory, http, grains) is { } found
            ? tags.Answer(http, Shown(found, http, addresses))
            : Refusals.NotFound("directory");

    private static async Task<IResult> Change(string directory, HttpContext http, IGrainFactory grains, AdminAddresses addresses, EntityTags tags)
    {
        var patch = MergePatch.Of(http);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await Find(directory, http, grains) is not { Removal: null } found)
            {
                return Refusals.NotFound("directory");
            }

            if (patch.ContainsKey("limits") && !http.Opens(tenant: null))
            {
                return Refusals.WholePlatform();
            }

            if (tags.Refusal(http, Shown(found, http, addresses)) is { } refusal)
            {
                return refusal;
            }

            var before = new DirectoryPatch(found.Name, Shown(found.Dialect), Shown(found.Limits));
            var next = MergePatch.Apply(http, before, patch);
            List<Fault> faults =
            [
                .. next.Name is null ? [new Fault("cannot be taken away.", "#/name")] : Array.Empty<Fault>(),
                .. next.Dialect is null ? [new Fault("cannot be taken away.", "#/dialect")] : Array.Empty<Fault>(),
            ];
            if (faults.Count > 0)
            {
                return Faults.Problem(faults);
            }

            var limits = next.Limits ?? new Limits();
            var change = new ChangeDirectory
            {
                Name = next.Name!.Trim(),
                Dialect = DialectOf(next.Dialect),
                Limits = Stored(limits),
                IfRevision = found.Revision,
            };
            var reply = await grains.GetGrain<IDirectoryGrain>(directory).Change(change);
            if (!reply.Stale && reply.Directory is { } changed)
            {
                var trail = http.Audit();
                trail.Changed("name", before.Name, changed.Name);
                trail.Changed("dialect", before.Dialect, Shown(changed.Dialect));
                AuditLimits(trail, before.Limits!, limits);
                var shown = Shown(changed, http, addresses);
                http.Response.Headers.ETag = tags.Of(shown);
                return TypedResults.Ok(shown);
            }
        }

        return Refusals.Busy();
    }

    private static async Task<IResult> Remove(string directory, HttpContext http, IGrainFactory grains, AdminAddresses addresses, EntityTags tags)
    {
        if (await Find(directory, http, grains) is not { } found)
        {
            return Refusals.NotFound("directory");
        }

        if (tags.Refusal(http, Shown(found, http, addresses)) is { } refusal)
        {
            return refusal;
        }

        http.Audit().Changed("name", found.Name, null);
        await grains.GetGrain<ITenantGrain>(found.Tenant).RemoveDirectory(directory);
        return TypedResults.Accepted($"/admin/v1/directories/{directory}");
    }

    private static void AuditLimits(AuditTrail trail, Limits old, Limits now)
    {
        trail.Changed("limits.requestsPerSecond", old.RequestsPerSecond, now.RequestsPerSecond);
        trail.Changed("limits.maxRequestBytes", old.MaxRequestBytes, now.MaxRequestBytes);
        trail.Changed("limits.maxUsers", old.MaxUsers, now.MaxUsers);
        trail.Changed("limits.maxGroups", old.MaxGroups, now.MaxGroups);
    }

    private static DirectoryDialect DialectOf(string? name) =>
        name is null ? DirectoryDialect.Entra : Enum.Parse<DirectoryDialect>(name, ignoreCase: true);

    private static string Shown(DirectoryDialect dialect) => dialect.ToString().ToLowerInvariant();

    private static Limits Shown(DirectoryLimits limits) => new(limits.RequestsPerSecond, limits.MaxRequestBytes, limits.MaxUsers, limits.MaxGroups);

    private static DirectoryLimits Stored(Limits limits) => new()
    {
        RequestsPerSecond = limits.RequestsPerSecond,
        MaxRequestBytes = limits.MaxRequestBytes,
        MaxUsers = limits.MaxUsers,
        MaxGroups = limits.MaxGroups,
    };

    private static TenantDirectory Shown(DirectoryDescription directory, HttpContext http, AdminAddresses addresses) => new(
        directory.Id,
        directory.Tenant,
        directory.Name,
        Shown(directory.Dialect),
        directory.Created,
        addresses.TenantUrl(http, directory),
        addresses.DirectoryUrl(http, directory.Id),
        directory.Removal is { } removal ? new Removal(removal.Started, removal.Cleared) : null,
        directory.UserIndexes,
        directory.GroupIndexes,
        directory.Profile?.Name,
        !directory.ProvisioningOff,
        Shown(directory.Limits));
}
