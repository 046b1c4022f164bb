using System.Buffers;
using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Queries;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Indexes;
using Grains.Resources;
using Grains.Storage;
using Microsoft.Extensions.Options;
using Scim;
using Scim.Errors;
using Scim.Filters;
using Scim.Resources;

namespace Grains.Queries;

/// <summary>
/// Answers lists and filters: by the index that the filter names where there is one, else by looking at everything, up to a limit.
/// An index entry is a hint: what it points to is read, and the whole filter holds of what is there.
/// </summary>
[StatelessWorker]
[Reentrant]
[GrainType("directoryquery")]
internal sealed class DirectoryQueryGrain : Grain, IDirectoryQueryGrain
{
    /// <summary>How many resources are read at a time.</summary>
    private const int ReadAtOnce = 64;

    /// <summary>How many matches of a filtered walk are remembered.</summary>
    private const int MaxRemembered = 100_000;

    /// <summary>The id of no write.</summary>
    private const string NoWrite = "-";

    /// <summary>What is said of an id that no resource can have.</summary>
    private static readonly GrainError NoResource = new() { Status = 404, Detail = "" };

    private readonly QueryOptions options;
    private readonly Walks walks;

    public DirectoryQueryGrain(IOptions<QueryOptions> options, Walks walks)
    {
        this.options = options.Value;
        this.walks = walks;
    }

    public async Task<ListReply> List(DirectoryContext directory, ListQuery query)
    {
        var isUser = query.ResourceType == "User";
        var type = isUser ? DirectorySchemas.Of(directory).User : DirectorySchemas.Of(directory).Group;
        var indexes = isUser ? ResourceIndexes.OfUsers(directory) : ResourceIndexes.OfGroups(directory);
        if (query.Filter is null)
        {
            return await Everything(directory, query, indexes.IdIndex);
        }

        if (!Filter.Parse(query.Filter).TryGet(out var parsed, out var error)
            || !parsed.Compile(type, (Dialect)directory.Dialect).TryGet(out var filter, out error))
        {
            return new ListReply { Error = error.ToGrainError() };
        }

        return await Filtered(directory, query, indexes, filter);
    }

    public async Task<ExportPage> Export(DirectoryContext directory, ExportQuery query)
    {
        var isUser = query.ResourceType == "User";
        var index = isUser ? ResourceIndexes.OfUsers(directory).IdIndex : ResourceIndexes.OfGroups(directory).IdIndex;
        var (entries, next) = await new IndexClient(GrainFactory, directory).List(index, query.After, ReadAtOnce);
        var reading = entries.SelectMany(entry => entry.Entries.Select(e => (Place: IndexClient.PositionAfter(entry), Resource: Stored(e.Id)))).ToList();
        var resources = new List<ExportedResource>(reading.Count);
        foreach (var (place, resource) in reading)
        {
            if (await resource is { } stored)
            {
                resources.Add(stored with { Place = place });
            }
        }

        return new ExportPage { Resources = [.. resources], Next = next };

        Task<ExportedResource?> Stored(string id)
        {
            var key = GrainKeys.Resource(directory.Id, id);
            return isUser ? GrainFactory.GetGrain<IUserGrain>(key).Export(directory).AsTask() : GrainFactory.GetGrain<IGroupGrain>(key).Export(directory, query.MostMembers);
        }
    }

    /// <summary>A list without a filter, by the index of all ids.</summary>
    private async Task<ListReply> Everything(DirectoryContext directory, ListQuery query, string index)
    {
        var client = new IndexClient(GrainFactory, directory);
        var walk = query.StartIndex > 1 ? walks.Take($"{directory.Id} {index}", query.StartIndex) : null;
        IndexPosition? position = walk?.Position ?? default;
        var total = walk?.Total ?? 0;
        if (walk is null)
        {
            // Not by the buckets, each of which would have to be asked.
            total = await Total(directory, query.ResourceType);
            position = query.Count == 0 ? null
                : query.StartIndex == 1 ? default(IndexPosition)
                : await Seek(client, index, query.StartIndex - 1);
        }

        var found = new List<(string Id, ResourceReply Reply)>(Math.Min(query.Count, 256));
        var next = query.StartIndex;
        while (found.Count < query.Count && position is { } after)
        {
            var (entries, following) = await client.List(index, after, query.Count - found.Count);
            next += entries.Count;
            position = following;
            found.AddRange(await Read(directory, query.ResourceType, [.. entries.SelectMany(e => e.Entries).Select(e => e.Id)], listed: true));
        }

        if (position is null && query.Count > 0 && (walk is not null || query.StartIndex == 1))
        {
            // The walk has come to the end, so the total is what it showed: ids whose user is not there yet, or no longer, are not shown,
            // and a client that asked on for them would be given others twice.
            total = query.StartIndex - 1 + found.Count;
        }

        if (position is not null && next > total)
        {
            // More have come since the walk began: a client that stops at the total must not stop before them.
            total = await Total(directory, query.ResourceType);
        }

        if (position is { } start && query.Count > 0)
        {
            walks.Put($"{directory.Id} {index}", query.StartIndex + query.Count, start, total);
        }

        // What is being made or deleted while it is listed must not make the total less than what is shown.
        return Page(found, Math.Max(total, query.StartIndex - 1 + found.Count));
    }

    private async Task<int> Total(DirectoryContext directory, string type) =>
        (int)Math.Max(0, await GrainFactory.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory.Id)).Count(type));

    /// <summary>The position of the n-th entry, by what each bucket holds.</summary>
    private static async Task<IndexPosition?> Seek(IndexClient client, string index, int skip)
    {
        foreach (var (start, count) in await client.Counts(index))
        {
            if (skip < count)
            {
                return skip == 0 ? start : (await client.List(index, start, skip)).Next;
            }

            skip -= count;
        }

        return null;
    }

    private async Task<ListReply> Filtered(DirectoryContext directory, ListQuery query, ResourceIndexes indexes, CompiledFilter filter)
    {
        if (query.StartIndex > 1 && walks.Take(ListName(), query.StartIndex) is { Ids: { } remembered })
        {
            var page = await Matching(directory, query.ResourceType, indexes, filter, remembered.Skip(query.StartIndex - 1).Take(query.Count).ToArray());
            walks.Put(ListName(), query.StartIndex + query.Count, default, remembered.Length, remembered);
            return Page(page, remembered.Length);
        }

        if (filter.References("members") && filter.EqualityValues("members.value") is null)
        {
            return new ListReply
            {
                Error = ScimError.InvalidFilter("members can only be compared by eq with the id of a member.").ToGrainError(),
            };
        }

        var matches = new List<(string Id, ResourceReply Reply)>();
        if (await Candidates(directory, query.ResourceType, indexes, filter) is { } candidates)
        {
            matches = await Matching(directory, query.ResourceType, indexes, filter, candidates);
        }
        else
        {
            var client = new IndexClient(GrainFactory, directory);
            IndexPosition? position = new IndexPosition();
            var seen = 0;
            while (position is { } after)
            {
                var (entries, next) = await client.List(indexes.IdIndex, after, ReadAtOnce);
                seen += entries.Count;
                if (seen > options.MaxScanned)
                {
                    return new ListReply
                    {
                        Error = ScimError.TooMany($"The filter would have to look at more than {options.MaxScanned} resources. Name an indexed attribute by eq.").ToGrainError(),
                    };
                }

                var some = await Matching(directory, query.ResourceType, indexes, filter, [.. entries.SelectMany(e => e.Entries).Select(e => e.Id)]);

                // Beyond the page only the ids are needed: memory stays bounded.
                matches.AddRange(some.Select(m => matches.Count >= query.StartIndex - 1 + query.Count ? (m.Id, new ResourceReply()) : m));
                position = next;
            }
        }

        var shown = matches.Skip(query.StartIndex - 1).Take(query.Count).ToList();
        if (query.Count > 0 && matches.Count > query.StartIndex - 1 + query.Count && matches.Count <= MaxRemembered)
        {
            walks.Put(ListName(), query.StartIndex + query.Count, default, matches.Count, [.. matches.Select(m => m.Id)]);
        }

        return Page(shown, matches.Count);

        string ListName() => $"{directory.Id} {indexes.IdIndex} {query.Filter}";
    }

    /// <summary>The ids among which all matches are, by what the filter demands, or null where only looking at everything helps.</summary>
    private async Task<string[]?> Candidates(DirectoryContext directory, string type, ResourceIndexes indexes, CompiledFilter filter)
    {
        foreach (var equality in filter.RequiredEqualities)
        {
            if (equality.Path == "id")
            {
                return [equality.Value];
            }
        }

        foreach (var equality in filter.RequiredEqualities)
        {
            if (indexes.TermFor(equality) is { } term)
            {
                var found = await new IndexClient(GrainFactory, directory).Find(term.Index, term.Value);
                if (!found.Common)
                {
                    return Array.ConvertAll(found.Entries, e => e.Id);
                }
            }
        }

        foreach (var equality in filter.RequiredEqualities)
        {
            // A member's own list of groups may run ahead of the members, never behind: it holds every group that can match.
            if (type == "Group" && equality.Path == "members.value")
            {
                return !GrainKeys.IsPart(equality.Value) ? [] :
                [
                    .. await GrainFactory.GetGrain<IUserGrain>(GrainKeys.Resource(directory.Id, equality.Value)).Groups(),
                    .. await GrainFactory.GetGrain<IGroupGrain>(GrainKeys.Resource(directory.Id, equality.Value)).Groups(),
                ];
            }
        }

        return null;
    }

    /// <summary>Of resources those that match, in their order.</summary>
    private Task<List<(string Id, ResourceReply Reply)>> Matching(
        DirectoryContext directory, string type, ResourceIndexes indexes, CompiledFilter filter, string[] ids) => filter.SoleEquality switch
    {
        // Each is read by the id that it has to have.
        { Path: "id" } => Read(directory, type, ids),

        // An index's keys agree with filters, but for the empty text, which is not indexed: each resource says itself whether it is
        // still there where the filter looks.
        { Value.Length: > 0 } equality when indexes.TermFor(equality) is { } term => Read(directory, type, ids, term),
        _ => Satisfying(directory, type, filter, ids),
    };

    private async Task<List<(string Id, ResourceReply Reply)>> Satisfying(DirectoryContext directory, string type, CompiledFilter filter, string[] ids)
    {
        var matching = new List<(string, ResourceReply)>();
        var members = type == "Group" && filter.References("members") ? filter.EqualityValues("members.value") : null;
        foreach (var (id, reply) in await Read(directory, type, ids))
        {
            var resource = Parse(reply.Document);
            if (members is not null && reply.MemberCount > 0)
            {
                resource["members"] = await NamedMembers(directory, id, members);
            }

            if (filter.Matches(resource))
            {
                matching.Add((id, reply));
            }
        }

        return matching;
    }

    /// <summary>Of a group's members those that a filter names, and a stand-in for the rest, so that the group is not found empty.</summary>
    private async Task<JsonArray> NamedMembers(DirectoryContext directory, string group, IReadOnlyList<string> named)
    {
        var has = await GrainFactory.GetGrain<IGroupGrain>(GrainKeys.Resource(directory.Id, group)).HasMembers(directory, [.. named]);
        var members = named.Where((_, i) => has[i]).Append(Guid.NewGuid().ToString());
        return new JsonArray([.. members.Select(m => new JsonObject { ["value"] = m })]);
    }

    /// <summary>
    /// An id that is listed and has no resource is what a create that was cut off left behind: its grain is asked to take it away.
    /// Where the create is just under way, it is asked after that, and nothing happens.
    /// </summary>
    private void TakeAway(DirectoryContext directory, string type, string id)
    {
        var key = GrainKeys.Resource(directory.Id, id);
        _ = type == "User"
            ? GrainFactory.GetGrain<IUserGrain>(key).Wake(directory, [NoWrite])
            : GrainFactory.GetGrain<IGroupGrain>(key).Wake(directory, [NoWrite]);
    }

    /// <summary>The resources of ids, those that are gone left out.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="type">Their type.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="under">Where they have to stand, or else they are left out, too.</param>
    /// <param name="listed">Whether the ids come from the index of all ids, where one without a resource has no place.</param>
    private async Task<List<(string Id, ResourceReply Reply)>> Read(
        DirectoryContext directory, string type, string[] ids, IndexTerm? under = null, bool listed = false)
    {
        var found = new List<(string, ResourceReply)>(ids.Length);
        var reading = new ValueTask<ResourceReply>[Math.Min(ids.Length, ReadAtOnce)];
        for (var start = 0; start < ids.Length; start += ReadAtOnce)
        {
            var some = new ArraySegment<string>(ids, start, Math.Min(ReadAtOnce, ids.Length - start));
            for (var i = 0; i < some.Count; i++)
            {
                reading[i] = GrainKeys.IsPart(some[i]) ? ReadOne(directory, type, some[i], under) : new(NoResource);
            }

            for (var i = 0; i < some.Count; i++)
            {
                var reply = await reading[i];
                if (reply.Error is null)
                {
                    found.Add((some[i], reply));
                }
                else if (reply.Error.Status >= 500)
                {
                    throw new StorageUnavailableException();
                }
                else if (listed && reply.Error != NoResource)
                {
                    TakeAway(directory, type, some[i]);
                }
            }
        }

        return found;
    }

    private ValueTask<ResourceReply> ReadOne(DirectoryContext directory, string type, string id, IndexTerm? under)
    {
        var key = GrainKeys.Resource(directory.Id, id);
        if (type == "User")
        {
            var user = GrainFactory.GetGrain<IUserGrain>(key);
            return under is { } term ? user.ReadUnder(directory, term.Index, term.Value) : user.Read(directory);
        }

        var group = GrainFactory.GetGrain<IGroupGrain>(key);
        return under is { } place ? group.ReadUnder(directory, place.Index, place.Value) : group.Read(directory);
    }

    /// <summary>A document as a filter sees it: the base URL, which only the front knows, is left empty.</summary>
    private static JsonObject Parse(byte[] document)
    {
        var output = new ArrayBufferWriter<byte>(document.Length);
        AddressMark.Fill(document, [], output);
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }

    private static ListReply Page(List<(string Id, ResourceReply Reply)> found, int total) => new()
    {
        TotalResults = total,
        Resources = [.. found.Select(f => f.Reply)],
        Ids = [.. found.Select(f => f.Id)],
    };
}
