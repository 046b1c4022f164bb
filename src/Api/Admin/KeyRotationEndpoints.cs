using Api.Admin.Problems;
using Api.Admin.Requests;
using Api.Hosting;
using Api.Security;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class KeyRotationEndpoints
{
    public static void MapKeyRotation(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/keys/{key}/rotation").WithTags("Directory keys");
        group.MapPost("/", Start)
            .WithSummary("Begin to rotate a key: its successor's Secret Token is shown once, and both open")
            .WithDescription("Put the new token into the identity provider, see that it comes in by it (lastUsed), and complete the rotation; or cancel it. With an Idempotency-Key, a retry gets the same key and the same Secret Token.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/complete", Complete)
            .WithSummary("End the rotation: the old key is refused from the next request on")
            .WithDescription("Asked again, it is done already, and the answer is the same.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/", Cancel)
            .WithSummary("Take the rotation back: its successor is refused from the next request on")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<IssuedKey>, ProblemHttpResult>> Start(
        string directory,
        string key,
        NewRotation? body,
        HttpContext http,
        IGrainFactory grains,
        TokenMint mint,
        PlatformState platform)
    {
        body ??= new NewRotation();
        if (await DirectoryEndpoints.Find(directory, http, grains) is null
            || await grains.GetGrain<IDirectoryGrain>(directory).Keys() is not { } keys
            || Array.Find(keys, k => k.Id == key) is not { } old)
        {
            return Refusals.NotFound("key");
        }

        if (IdempotentRequest.TryRead(http, platform, out var idempotent) is { } fault)
        {
            return Faults.Problem(fault);
        }

        if (idempotent is not null && Array.Exists(keys, k => k.Id == idempotent.Id && k.Digest != idempotent.Digest))
        {
            return Refusals.Reused();
        }

        var minted = mint.DirectoryKey(directory, idempotent?.Secret);
        var request = new IssueKey
        {
            Name = body.Name?.Trim() ?? old.Name,
            Hash = minted.Hash,
            LastFour = minted.LastFour,
            Expires = body.Expires,
            Id = idempotent?.Id,
            Digest = idempotent?.Digest,
        };
        var reply = await grains.GetGrain<IDirectoryClientsGrain>(directory).StartRotation(key, request);
        if (reply.Key is not { } made)
        {
            return reply.Spent ? Refusals.Spent("key") : Refusals.Of(reply.Error!, http);
        }

        http.Audit().Changed("name", null, made.Name);
        http.Audit().Changed("expires", null, made.Expires);
        return TypedResults.Created(
            $"/admin/v1/directories/{directory}/keys/{made.Id}",
            new IssuedKey(made.Id, made.Name, minted.Token, made.LastFour, made.Created, made.Expires));
    }

    private static async Task<Results<Ok<Key>, ProblemHttpResult>> Complete(string directory, string key, HttpContext http, IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("key");
        }

        var before = await grains.GetGrain<IDirectoryGrain>(directory).Keys() ?? [];
        var reply = await grains.GetGrain<IDirectoryClientsGrain>(directory).CompleteRotation(key);
        if (reply.Key is not { } successor)
        {
            return reply.Error!.Status == StatusCodes.Status404NotFound ? Refusals.NotFound("key") : Refusals.Of(reply.Error, http);
        }

        http.Audit().Target("key", successor.Id);
        http.Audit().Changed("name", Array.Find(before, k => k.Id == key)?.Name, null);
        return TypedResults.Ok(DirectoryKeyEndpoints.Shown(successor));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Cancel(string directory, string key, HttpContext http, IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null
            || await grains.GetGrain<IDirectoryGrain>(directory).Keys() is not { } keys
            || !await grains.GetGrain<IDirectoryClientsGrain>(directory).CancelRotation(key))
        {
            return Refusals.NotFound("rotation");
        }

        if (Array.Find(keys, k => k.Replaces == key) is { } successor)
        {
            http.Audit().Target("key", successor.Id);
            http.Audit().Changed("name", successor.Name, null);
        }

        return TypedResults.NoContent();
    }
}
