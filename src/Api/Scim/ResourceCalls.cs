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

    public static bool IsUser(ResourceType type) => type.Name == "User";

    /// <summary>Makes a resource of attributes that were read and found valid.</summary>
    public Task<ResourceReply> Create(ScimRequest request, ResourceType type, NewResourceId news, JsonObject attributes)
    {
        var create = new CreateResource { Attributes = JsonBody.ToUtf8(attributes), Digest = news.Digest };
        var key = GrainKeys.Resource(request.Directory.Id, news.Id);
        if (news.Digest is null)
        {
            rows.Expect(IsUser(type) ? StorageNames.User : StorageNames.Group, key);
        }

        return IsUser(type)
            ? request.Grains.GetGrain<IUserGrain>(key).Create(request.Directory, create)
            : request.Grains.GetGrain<IGroupGrain>(key).Create(request.Directory, create);
    }

    /// <summary>Changes a resource by a PATCH request as it came in.</summary>
    public static Task<ResourceReply> Patch(ScimRequest request, ResourceType type, string id, ChangeResource change)
    {
        var key = GrainKeys.Resource(request.Directory.Id, id);
        return IsUser(type)
            ? request.Grains.GetGrain<IUserGrain>(key).Patch(request.Directory, change)
            : request.Grains.GetGrain<IGroupGrain>(key).Patch(request.Directory, change);
    }

    /// <summary>Replaces a resource by attributes that were read and found valid.</summary>
    public static Task<ResourceReply> Replace(ScimRequest request, ResourceType type, string id, ChangeResource change)
    {
        var key = GrainKeys.Resource(request.Directory.Id, id);
        return IsUser(type)
            ? request.Grains.GetGrain<IUserGrain>(key).Replace(request.Directory, change)
            : request.Grains.GetGrain<IGroupGrain>(key).Replace(request.Directory, change);
    }

    /// <summary>Deletes a resource, and waits a little for those that are to hear of it.</summary>
    public async Task<ResourceReply> Delete(ScimRequest request, ResourceType type, string id, ChangeResource change)
    {
        var key = GrainKeys.Resource(request.Directory.Id, id);
        var reply = IsUser(type)
            ? await request.Grains.GetGrain<IUserGrain>(key).Delete(request.Directory, change)
            : await request.Grains.GetGrain<IGroupGrain>(key).Delete(request.Directory, change);
        if (reply.Unfinished || reply.Error is { Status: StatusCodes.Status404NotFound })
        {
            // A client that repeats a delete whose answer was lost finds it done; what that one left for later is gone on with.
            await Settled(IsUser(type)
                ? request.Grains.GetGrain<IUserGrain>(key).Settle(request.Directory)
                : request.Grains.GetGrain<IGroupGrain>(key).Settle(request.Directory));
        }

        return reply;
    }

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
