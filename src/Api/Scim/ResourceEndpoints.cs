using System.Buffers;
using Grains.Abstractions;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;
using Scim.Errors;
using Scim.Patching;
using Scim.Projection;
using Scim.Resources;
using Scim.Schemas;

namespace Api.Scim;

/// <summary>The endpoints of a resource type, <c>/Users</c> say (RFC 7644 §3.2): each handler parses and checks, calls one grain, and writes bytes.</summary>
internal sealed class ResourceEndpoints(ResourceCalls calls, TimeProvider time)
{
    /// <summary>How many members of a group are fetched at a time while they are written out.</summary>
    private const int MembersPerPage = 1000;


    /// <summary>POST (RFC 7644 §3.3).</summary>
    public async Task Create(ScimRequest request, ResourceType type)
    {
        var http = request.Http;
        if (!Selection(request, type).TryGet(out var selection, out var error)
            || !(await ScimBody.Read(http.Request)).TryGet(out var body, out error)
            || !ResourceReader.Read(body, type, request.Dialect).TryGet(out var attributes, out error)
            || !NewResourceId.Of(request, type.Endpoint, body, time).TryGet(out var news, out error))
        {
            await http.WriteError(error);
            return;
        }

        var reply = await calls.Create(request, type, news, attributes);
        await Answer(request, type, selection, StatusCodes.Status201Created, news.Id, reply);
    }

    /// <summary>GET of one (RFC 7644 §3.4.1).</summary>
    public async Task Read(ScimRequest request, ResourceType type)
    {
        if (!Selection(request, type).TryGet(out var selection, out var error)
            || !Preconditions.IfNoneMatch(request.Http.Request).TryGet(out var unless, out error))
        {
            await request.Http.WriteError(error);
            return;
        }

        if (request.Id is not { } id)
        {
            await NotFound(request, type);
            return;
        }

        var reply = await ResourceCalls.Read(request, type, id);
        if (reply.Error is null && (unless.Any || (unless.Named?.Contains(reply.Version) ?? false)))
        {
            request.Http.Response.Headers.ETag = ResourceRenderer.EntityTag(reply.Version);
            request.Http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await Answer(request, type, selection, StatusCodes.Status200OK, id, reply);
    }

    /// <summary>PATCH (RFC 7644 §3.5.2).</summary>
    public async Task Patch(ScimRequest request, ResourceType type)
    {
        var http = request.Http;
        if (!Selection(request, type).TryGet(out var selection, out var error)
            || !Preconditions.IfMatch(http.Request).TryGet(out var match, out error)
            || !(await ScimBody.Read(http.Request)).TryGet(out var body, out error))
        {
            await http.WriteError(error);
            return;
        }

        if (request.Id is not { } id)
        {
            // What is wrong with a body is said first. Elsewhere the grain says it: to parse here, too, would cost each request.
            await (PatchRequest.Parse(body, type, request.Dialect).TryGet(out var patch, out error) && patch.SplitMembers().TryGet(out _, out error)
                ? NotFound(request, type)
                : http.WriteError(error));
            return;
        }

        var change = new ChangeResource { Body = body, IfMatch = match.Named };
        var reply = await ResourceCalls.Patch(request, type, id, change);
        if (reply.Error is null && ResourceCalls.IsGroup(type) && http.Request.Query["attributes"].Count == 0)
        {
            // What Entra expects of groups, and what keeps the answer's size apart from the group's.
            http.Response.Headers.ETag = ResourceRenderer.EntityTag(reply.Version);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await Answer(request, type, selection, StatusCodes.Status200OK, id, reply);
    }

    /// <summary>PUT (RFC 7644 §3.5.1).</summary>
    public async Task Replace(ScimRequest request, ResourceType type)
    {
        var http = request.Http;
        if (!Selection(request, type).TryGet(out var selection, out var error)
            || !Preconditions.IfMatch(http.Request).TryGet(out var match, out error)
            || !(await ScimBody.Read(http.Request)).TryGet(out var body, out error)
            || !ResourceReader.Read(body, type, request.Dialect).TryGet(out var attributes, out error))
        {
            await http.WriteError(error);
            return;
        }

        if (request.Id is not { } id)
        {
            await NotFound(request, type);
            return;
        }

        var change = new ChangeResource { Body = JsonBody.ToUtf8(attributes), IfMatch = match.Named };
        var reply = await ResourceCalls.Replace(request, type, id, change);
        await Answer(request, type, selection, StatusCodes.Status200OK, id, reply);
    }

    /// <summary>DELETE (RFC 7644 §3.6).</summary>
    public async Task Delete(ScimRequest request, ResourceType type)
    {
        if (!Preconditions.IfMatch(request.Http.Request).TryGet(out var match, out var error))
        {
            await request.Http.WriteError(error);
            return;
        }

        if (request.Id is not { } id)
        {
            await NotFound(request, type);
            return;
        }

        var reply = await calls.Delete(request, type, id, new ChangeResource { IfMatch = match.Named });
        if (reply.Error is not null)
        {
            await request.Http.WriteError(reply.Error);
            return;
        }

        request.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }


    private static Result<AttributeSelection> Selection(ScimRequest request, ResourceType type)
    {
        if (!request.Http.Request.QueryString.HasValue)
        {
            return AttributeSelection.Default(type);
        }

        var query = request.Http.Request.Query;
        return AttributeSelection.Parse(Joined(query["attributes"]), Joined(query["excludedAttributes"]), type);
    }

    /// <summary>A parameter that may be given more than once, as one list.</summary>
    internal static string? Joined(Microsoft.Extensions.Primitives.StringValues values) => values.Count > 0 ? string.Join(',', values.ToArray()) : null;

    private static Task NotFound(ScimRequest request, ResourceType type) =>
        request.Http.WriteError(ScimError.Plain(404, $"{type.Name} {request.Http.GetRouteValue("id")} not found."));

    private async Task Answer(ScimRequest request, ResourceType type, AttributeSelection selection, int status, string id, ResourceReply reply)
    {
        if (reply.Error is not null)
        {
            await request.Http.WriteError(reply.Error);
            return;
        }

        if (reply.MemberCount == 0 || !selection.Includes(GroupMembers.Attribute))
        {
            request.SetResourceHeaders(status, reply, type.Endpoint, id);
            await (selection.IsDefault
                ? request.WriteMarked(status, reply.Document)
                : request.Http.WriteScim(status, request.Shown(reply.Document, selection).WrittenMemory));
            return;
        }

        if (!selection.IsDefault || reply.MemberCount <= MembersPerPage)
        {
            var found = await WithMembers(request, reply, id);
            if (found is null && HttpMethods.IsGet(request.Http.Request.Method))
            {
                await NotFound(request, type);
                return;
            }

            // What a write answers stands, though somebody has deleted it since.
            var whole = found ?? WithoutMembers(request, reply);
            request.SetResourceHeaders(status, reply, type.Endpoint, id);
            await request.Http.WriteScim(status, selection.IsDefault ? whole : ScimResponses.Projected(whole.Span, selection).WrittenMemory);
            return;
        }

        // A large group is written page by page: memory does not go with its size.
        request.SetResourceHeaders(status, reply, type.Endpoint, id);
        var response = request.Http.Response;
        response.StatusCode = status;
        response.ContentType = ScimResponses.MediaType;
        if (!await EachPart(request, reply, id, part => response.Body.WriteAsync(part, request.Http.RequestAborted)))
        {
            if (response.HasStarted)
            {
                // It must not look whole.
                request.Http.Abort();
                return;
            }

            response.Clear();
            await NotFound(request, type);
        }
    }

    /// <summary>A group with its members, the address filled in; null where it has been deleted since it was read.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> WithMembers(ScimRequest request, ResourceReply reply, string id)
    {
        var output = new ArrayBufferWriter<byte>(reply.Document.Length + (int)Math.Min(reply.MemberCount * 160, 1 << 20));
        var isThere = await EachPart(request, reply, id, part =>
        {
            output.Write(part.Span);
            return ValueTask.CompletedTask;
        });
        return isThere ? output.WrittenMemory : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>A group that was deleted since it was read, and its memberships with it: as it was, without them.</summary>
    internal static ReadOnlyMemory<byte> WithoutMembers(ScimRequest request, ResourceReply reply)
    {
        var output = new ArrayBufferWriter<byte>(reply.Document.Length + request.BaseUrl.Length);
        AddressMark.Fill(reply.Document, request.BaseUrl, output);
        return output.WrittenMemory;
    }

    /// <summary>A group's head and members, part by part, with the address filled in.</summary>
    /// <returns>False where the group has been deleted since it was read: what was written is not the whole.</returns>
    private static async Task<bool> EachPart(ScimRequest request, ResourceReply reply, string id, Func<ReadOnlyMemory<byte>, ValueTask> write)
    {
        var group = request.Grains.GetGrain<IGroupGrain>(GrainKeys.Resource(request.Directory.Id, id));
        var position = GroupMembers.Position(reply.Document);
        var raw = new ArrayBufferWriter<byte>(4096);
        var filled = new ArrayBufferWriter<byte>(4096);
        raw.Write(reply.Document.AsSpan(0, position));
        var any = false;
        IndexPosition? next = new IndexPosition();
        while (next is { } after)
        {
            var members = group.Members(request.Directory, after, MembersPerPage);
            var page = await (request.Http.Response.HasStarted ? members : request.InTime(members));
            if (page.Gone)
            {
                return false;
            }

            foreach (var member in page.Members)
            {
                raw.Write(any ? ","u8 : GroupMembers.Start);
                any = true;
                GroupMembers.WriteMember(raw, member.Id, member.Type);
            }

            next = page.Next;
            if (next is not null)
            {
                AddressMark.Fill(raw.WrittenSpan, request.BaseUrl, filled);
                await write(filled.WrittenMemory);
                raw.ResetWrittenCount();
                filled.ResetWrittenCount();
            }
        }

        if (any)
        {
            raw.Write(GroupMembers.End);
        }

        raw.Write(reply.Document.AsSpan(position));
        AddressMark.Fill(raw.WrittenSpan, request.BaseUrl, filled);
        await write(filled.WrittenMemory);
        return true;
    }
}
