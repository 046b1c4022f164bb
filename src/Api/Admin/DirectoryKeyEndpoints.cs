using Api.Security;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class DirectoryKeyEndpoints
{
    public static void MapDirectoryKeys(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/keys").WithTags("Directory keys");
        group.MapPost("/", Create).AddEndpointFilter<ValidationFilter<NewKey>>().WithSummary("Issue a key; its Secret Token is shown once").ProducesValidationProblem();
        group.MapGet("/", List).WithSummary("List the keys of a directory");
        group.MapDelete("/{key}", Remove).WithSummary("Revoke a key, from the next request on");
    }

    private static async Task<Results<Created<IssuedKey>, ProblemHttpResult>> Create(
        string directory,
        NewKey body,
        HttpContext http,
        IGrainFactory grains,
        TokenMint mint)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        var minted = mint.DirectoryKey(directory);
        var request = new IssueKey { Name = body.Name!.Trim(), Hash = minted.Hash, LastFour = minted.LastFour, Expires = body.Expires };
        return await grains.GetGrain<IDirectoryGrain>(directory).AddKey(request) is { } key
            ? TypedResults.Created(
                $"/admin/v1/directories/{directory}/keys/{key.Id}",
                new IssuedKey(key.Id, key.Name, minted.Token, key.LastFour, key.Created, key.Expires))
            : Refusals.NotFound("directory");
    }

    private static async Task<Results<Ok<List<Key>>, ProblemHttpResult>> List(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null && await grains.GetGrain<IDirectoryGrain>(directory).Keys() is { } keys
            ? TypedResults.Ok(keys.Select(Shown).ToList())
            : Refusals.NotFound("directory");

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string directory, string key, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null && await grains.GetGrain<IDirectoryGrain>(directory).RemoveKey(key)
            ? TypedResults.NoContent()
            : Refusals.NotFound("key");

    /// <summary>A key as it is shown to admins.</summary>
    public static Key Shown(DirectoryKey key) => new(key.Id, key.Name, key.LastFour, key.Created, key.Expires, key.LastUsed, key.Replaces);
}
