using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Storage;
using Scim.Resources;
using Scim.Schemas;

namespace Api.Scim;

/// <summary>The calls by which resources are changed: what a request by itself and an operation of a bulk request have in common.</summary>
internal sealed class ResourceCalls(NewRows rows, TimeProvider time, ILogger<ResourceCalls> logger)
{
    /// <summary>How long an answer to a delete waits for groups and members to hear of it; what is left then is done afterwards.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(2);

    /// <summary>Whether resources of a type live in group grains; all others live in user grains.</summary>
    public static bool IsGroup(ResourceType type) => type.Name == "Group";

    /// <summary>Reads a resource.</summary>
    public static ValueTask<ResourceReply> Read(ScimRequest request, ResourceType type, string id) => IsGroup(type)
        ? Group(request, id).Read(request.Directory)
        : User(request, id).Read(request.Directory.For(type.Name));

    /// <summary>Makes a resource of attributes that were read and found valid.</summary>
    public Task<ResourceReply> Create(ScimRequest request, ResourceType type, NewResourceId news, JsonObject attributes)
    {
        var create = new CreateResource { Attributes = JsonBody.ToUtf8(attributes), Digest = news.Digest };
        if (news.Digest is null)
        {
            rows.Expect(IsGroup(type) ? StorageNames.Group : StorageNames.User, GrainKeys.Resource(request.Directory.Id, news.Id));
        }

        return IsGroup(type)
            ? Group(request, news.Id).Create(request.Directory, create)
            : User(request, news.Id).Create(request.Directory.For(type.Name), create);
    }

    /// <summary>Changes a resource by a PATCH request as it came in.</summary>
    public static Task<ResourceReply> Patch(ScimRequest request, ResourceType type, string id, ChangeResource change) => IsGroup(type)
        ? Group(request, id).Patch(request.Directory, change)
        : User(request, id).Patch(request.Directory.For(type.Name), change);

    /// <summary>Replaces a resource by attributes that were read and found valid.</summary>
    public static Task<ResourceReply> Replace(ScimRequest request, ResourceType type, string id, ChangeResource change) => IsGroup(type)
        ? Group(request, id).Replace(request.Directory, change)
        : User(request, id).Replace(request.Directory.For(type.Name), change);

    /// <summary>Deletes a resource, and waits a little for those that are to hear of it.</summary>
    public async Task<ResourceReply> Delete(ScimRequest request, ResourceType type, string id, ChangeResource change)
    {
        var reply = await (IsGroup(type)
            ? Group(request, id).Delete(request.Directory, change)
            : User(request, id).Delete(request.Directory.For(type.Name), change));
        if (reply.Unfinished || reply.Error is { Status: StatusCodes.Status404NotFound })
        {
            // A client that repeats a delete whose answer was lost finds it done; what that one left for later is gone on with.
            await Settled(IsGroup(type)
                ? Group(request, id).Settle(request.Directory)
                : User(request, id).Settle(request.Directory.For(type.Name)));
        }

        return reply;
    }

    private static IUserGrain User(ScimRequest request, string id) => request.Grains.GetGrain<IUserGrain>(GrainKeys.Resource(request.Directory.Id, id));

    private static IGroupGrain Group(ScimRequest request, string id) => request.Grains.GetGrain<IGroupGrain>(GrainKeys.Resource(request.Directory.Id, id));

    /// <summary>Waits a little for what a delete left for later: the delete itself stands, whatever comes of this.</summary>
    private async Task Settled(Task settling)
    {
        try
        {
            await settling.WaitAsync(SettleTime, time);
        }
        catch (Exception exception)
        {
            Log.SettlesLater(logger, exception);
        }
    }
}
