using System.Buffers;
using Grains.Abstractions;
using Grains.Abstractions.Queries;
using Grains.Queries;
using Microsoft.Extensions.Primitives;
using Scim.Paging;
using Scim.Projection;
using Scim.Resources;
using Scim.Schemas;

namespace Api.Scim;

/// <summary>
/// Queries (RFC 7644 §3.4.2 and §3.4.3, RFC 9865): GET of a resource type or of the root, POST to <c>/.search</c> below them. One handler
/// for all: they differ in where the parameters stand, and in which types are queried.
/// </summary>
internal sealed class QueryEndpoints(DirectoryQueries queries, QueryCursors cursors)
{
    /// <summary>Room for what stands around the resources of a list.</summary>
    private const int ListHeadBytes = 192;

    /// <summary>GET with the parameters in the address.</summary>
    public async Task List(ScimRequest request, IReadOnlyList<ResourceType> types)
    {
        var query = request.Http.Request.Query;
        var search = SearchRequest.Of(
            ResourceEndpoints.Joined(query["attributes"]),
            ResourceEndpoints.Joined(query["excludedAttributes"]),
            query["filter"].Count > 0 ? query["filter"].ToString() : null,
            First(query["sortBy"]),
            First(query["sortOrder"]),
            First(query["startIndex"]),
            First(query["count"]),
            First(query["cursor"]));
        await (search.TryGet(out var read, out var error) ? Answer(request, types, read) : request.Http.WriteError(error));
    }

    /// <summary>POST to <c>/.search</c>.</summary>
    public async Task Search(ScimRequest request, IReadOnlyList<ResourceType> types)
    {
        if (!(await ScimBody.Read(request.Http.Request)).TryGet(out var body, out var error)
            || !SearchRequest.Read(body, request.Dialect).TryGet(out var search, out error))
        {
            await request.Http.WriteError(error);
            return;
        }

        await Answer(request, types, search);
    }

    private async Task Answer(ScimRequest request, IReadOnlyList<ResourceType> types, SearchRequest search)
    {
        var selections = new AttributeSelection[types.Count];
        for (var i = 0; i < selections.Length; i++)
        {
            if (!AttributeSelection.Parse(search.Attributes, search.ExcludedAttributes, types[i]).TryGet(out selections[i]!, out var fault))
            {
                await request.Http.WriteError(fault);
                return;
            }
        }

        var query = new DirectoryQuery
        {
            Types = [.. types.Select(type => type.Name)],
            Filter = search.Filter,
            SortBy = search.SortBy,
            Descending = search.Descending,
            StartIndex = search.Page.StartIndex,
            Count = search.Page.Count,
        };
        if (search.Page.Cursor is { } text)
        {
            if (!cursors.Read(text, request.Directory.Id, query).TryGet(out var cursor, out var error))
            {
                await request.Http.WriteError(error);
                return;
            }

            query = query with { Cursor = cursor };
        }

        // The filter and what is sorted by are read once, by the grain, which says what is wrong with them.
        var grain = request.Grains.GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(request.Directory.Id));
        var page = await queries.Run(grain, request.Directory, query, request.Http.RequestAborted);
        if (page.Error is { } refused)
        {
            await request.Http.WriteError(refused);
            return;
        }

        await Write(request, types, selections, query, page);
    }

    private async Task Write(ScimRequest request, IReadOnlyList<ResourceType> types, AttributeSelection[] selections, DirectoryQuery query, QueryPage page)
    {
        var length = ListHeadBytes;
        foreach (var result in page.Results)
        {
            length += result.Resource.Document.Length + 1;
        }

        var output = new ArrayBufferWriter<byte>(length);
        var next = page.Next is { } cursor ? cursors.Write(cursor, request.Directory.Id, query) : null;
        var list = query.Cursor is null
            ? new ListResponseWriter(output, page.TotalResults ?? 0, query.StartIndex, page.Results.Count)
            : new ListResponseWriter(output, page.TotalResults, next, page.Results.Count);
        foreach (var (type, id, resource) in page.Results)
        {
            var at = 0;
            while (types[at].Name != type)
            {
                at++;
            }

            var selection = selections[at];
            if (resource.MemberCount > 0 && ResourceCalls.IsGroup(types[at]) && selection.Includes(GroupMembers.Attribute))
            {
                // One that is deleted meanwhile keeps its place on the page: the page after this one begins where it would have.
                var whole = await ResourceEndpoints.WithMembers(request, resource, id) ?? ResourceEndpoints.WithoutMembers(request, resource);
                list.Add(selection.IsDefault ? whole.Span : ScimResponses.Projected(whole.Span, selection).WrittenSpan);
            }
            else
            {
                // The addresses are filled in together, in the end.
                list.Add(selection.IsDefault ? resource.Document : request.Shown(resource.Document, selection).WrittenSpan);
            }
        }

        list.Complete();
        await request.WriteMarked(StatusCodes.Status200OK, output.WrittenMemory);
    }

    private static string? First(StringValues values) => values.Count > 0 ? values[0] ?? "" : null;
}
