using Api.Profiles;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;
using Scim.Schemas;

namespace Api.Admin;

internal static class DirectoryEndpoints
{
    public static void MapDirectories(this IEndpointRouteBuilder admin)
    {
        var ofTenant = admin.MapGroup("/tenants/{tenant}/directories").WithTags("Directories");
        ofTenant.MapPost("/", Create).AddEndpointFilter<ValidationFilter<NewDirectory>>().WithSummary("Make a directory").ProducesValidationProblem();
        ofTenant.MapGet("/", List).WithSummary("List the directories of a tenant");
        var group = admin.MapGroup("/directories/{directory}").WithTags("Directories");
        group.MapGet("/", Get).WithSummary("Read a directory, with the progress of its removal");
        group.MapDelete("/", Remove).WithSummary("Remove a directory: its keys are dead at once, its contents are cleared afterwards");
    }

    /// <summary>The directory, where it exists and the request's admin key opens its tenant.</summary>
    public static async Task<DirectoryDescription?> Find(string directory, HttpContext http, IGrainFactory grains) =>
        GrainKeys.IsPart(directory) && await grains.GetGrain<IDirectoryGrain>(directory).Describe() is { } found && http.Opens(found.Tenant)
            ? found
            : null;

    private static async Task<Results<Created<TenantDirectory>, ValidationProblem, ProblemHttpResult>> Create(
        string tenant,
        NewDirectory body,
        HttpContext http,
        IGrainFactory grains,
        ProfileCatalogue catalogue,
        AdminAddresses addresses)
    {
        if (!GrainKeys.IsPart(tenant) || !http.Opens(tenant) || await grains.GetGrain<ITenantGrain>(tenant).Describe() is null)
        {
            return Refusals.NotFound("tenant");
        }

        var request = new CreateDirectory { Tenant = tenant, Name = body.Name!.Trim() };
        if (body.Profile is { } profile)
        {
            if (await catalogue.Find(profile) is not { } found)
            {
                return TypedResults.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["profile"] = [$"There is no profile '{profile}'."] });
            }

            request = found.NewDirectory(tenant, request.Name);
        }

        request = request with
        {
            Dialect = body.Dialect is null ? request.Dialect : Enum.Parse<DirectoryDialect>(body.Dialect, ignoreCase: true),
            UserIndexes = body.UserIndexes is null ? request.UserIndexes : DirectoryIndexes.Canonical(body.UserIndexes.OfType<string>(), SchemaSet.Standard.User),
            GroupIndexes = body.GroupIndexes is null ? request.GroupIndexes : DirectoryIndexes.Canonical(body.GroupIndexes.OfType<string>(), SchemaSet.Standard.Group),
        };
        return await grains.GetGrain<ITenantGrain>(tenant).AddDirectory(body.Id, request) is { } made
            ? TypedResults.Created($"/admin/v1/directories/{made.Id}", Shown(made, http, addresses))
            : Refusals.Taken("id");
    }

    private static async Task<Results<Ok<List<TenantDirectory>>, ProblemHttpResult>> List(
        string tenant,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses) =>
        GrainKeys.IsPart(tenant) && http.Opens(tenant) && await grains.GetGrain<ITenantGrain>(tenant).Directories() is { } directories
            ? TypedResults.Ok(directories.Select(d => Shown(d, http, addresses)).ToList())
            : Refusals.NotFound("tenant");

    private static async Task<Results<Ok<TenantDirectory>, ProblemHttpResult>> Get(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses) =>
        await Find(directory, http, grains) is { } found
            ? TypedResults.Ok(Shown(found, http, addresses))
            : Refusals.NotFound("directory");

    private static async Task<Results<Accepted, ProblemHttpResult>> Remove(string directory, HttpContext http, IGrainFactory grains)
    {
        if (await Find(directory, http, grains) is not { } found)
        {
            return Refusals.NotFound("directory");
        }

        await grains.GetGrain<ITenantGrain>(found.Tenant).RemoveDirectory(directory);
        return TypedResults.Accepted($"/admin/v1/directories/{directory}");
    }

    private static TenantDirectory Shown(DirectoryDescription directory, HttpContext http, AdminAddresses addresses) => new(
        directory.Id,
        directory.Tenant,
        directory.Name,
        directory.Dialect.ToString().ToLowerInvariant(),
        directory.Created,
        addresses.TenantUrl(http, directory),
        addresses.DirectoryUrl(http, directory.Id),
        directory.Removal is { } removal ? new Removal(removal.Started, removal.Cleared) : null,
        directory.UserIndexes,
        directory.GroupIndexes,
        directory.Profile?.Name,
        !directory.ProvisioningOff);
}
