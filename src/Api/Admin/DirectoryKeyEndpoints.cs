using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Admin.Requests;
using Api.Hosting;
using Api.Security;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class DirectoryKeyEndpoints
{
    public static void MapDirectoryKeys(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/keys").WithTags("Directory keys");
        group.MapPost("/", Create)
            .WithSummary("Issue a key; its Secret Token is shown once")
            .WithDescription("With an Idempotency-Key, a retry gets the same key and the same Secret Token, and no second key is made.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", List).WithSummary("List the keys of a directory, a page at a time").ProducesFaults().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{key}", Remove).WithSummary("Revoke a key, from the next request on").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<IssuedKey>, ProblemHttpResult>> Create(
        string directory,
        NewKey body,
        HttpContext http,
        IGrainFactory grains,
        TokenMint mint,
        PlatformState platform)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        if (IdempotentRequest.TryRead(http, platform, out var idempotent) is { } fault)
        {
            return Faults.Problem(fault);
        }

        var minted = mint.DirectoryKey(directory, idempotent?.Secret);
        var request = new IssueKey
        {
            Name = body.Name!.Trim(),
            Hash = minted.Hash,
            LastFour = minted.LastFour,
            Expires = body.Expires,
            Id = idempotent?.Id,
            Digest = idempotent?.Digest,
        };
        if (await grains.GetGrain<IDirectoryGrain>(directory).AddKey(request) is not { } key)
        {
            return Refusals.NotFound("directory");
        }

        if (key.Spent || key.Digest != idempotent?.Digest)
        {
            return key.Spent ? Refusals.Spent("key") : Refusals.Reused();
        }

        http.Audit().Changed("name", null, key.Name);
        http.Audit().Changed("expires", null, key.Expires);
        return TypedResults.Created(
            $"/admin/v1/directories/{directory}/keys/{key.Id}",
            new IssuedKey(key.Id, key.Name, minted.Token, key.LastFour, key.Created, key.Expires));
    }

    private static async Task<Results<Ok<Page<Key>>, ProblemHttpResult>> List(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        int? count = null,
        string? after = null,
        string? name = null)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name, faults);
        return faults.Count > 0 ? Faults.Problem(faults)
            : await DirectoryEndpoints.Find(directory, http, grains) is not null && await grains.GetGrain<IDirectoryGrain>(directory).Keys() is { } keys
                ? TypedResults.Ok(page.Of(
                    keys.Select(Shown),
                    k => PageRequest.KeyOf(k.Created, k.Id),
                    k => k.Name,
                    http))
                : Refusals.NotFound("directory");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string directory, string key, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null && await grains.GetGrain<IDirectoryGrain>(directory).RemoveKey(key)
            ? TypedResults.NoContent()
            : Refusals.NotFound("key");

    /// <summary>A key as it is shown to admins.</summary>
    public static Key Shown(DirectoryKey key) => new(key.Id, key.Name, key.LastFour, key.Created, key.Expires, key.LastUsed, key.Replaces);
}
