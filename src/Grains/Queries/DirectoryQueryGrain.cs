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
using Scim.Sorting;

namespace Grains.Queries;

/// <summary>
/// Answers lists and filters: by the index that the filter names where there is one, else by looking at everything, up to a limit.
/// An index entry is a hint: what it points to is read, and the whole filter holds of what is there.
/// </summary>
[StatelessWorker]
[Reentrant]
[GrainType("directoryquery")]
internal sealed partial class DirectoryQueryGrain : Grain, IDirectoryQueryGrain
{
    /// <summary>How many resources are read at a time.</summary>
    private const int ReadAtOnce = 64;

    /// <summary>How many resources are looked at in one step of a scan: a quarter of a millisecond. Another request may wait for as long.</summary>
    private const int LookAtOnce = 8;

    /// <summary>How many resources are met again, at most, to find where a walk of before a restart goes on.</summary>
    private const int MaxMetAgain = 10_000;

    private const string ResourceTypePath = "meta.resourceType";

    /// <summary>The id of no write.</summary>
    private const string NoWrite = "-";

    /// <summary>What is said of an id that no resource can have.</summary>
    private static readonly GrainError NoResource = new() { Status = 404, Detail = "" };

    private readonly Walks walks;
    private readonly ScanPace pace;
    private readonly DirectoryQueries queries;

    private readonly QueryOptions options;

    public DirectoryQueryGrain(Walks walks, ScanPace pace, DirectoryQueries queries, IOptions<QueryOptions> options)
    {
        this.options = options.Value;
        this.walks = walks;
        this.pace = pace;
        this.queries = queries;
    }

    public async Task<ListReply> List(DirectoryContext directory, ListQuery query)
    {
        directory = directory.For(query.ResourceType);
        var indexes = IndexesOf(directory, query.ResourceType);
        if (query is { Filter: null, SortBy: null })
        {
            return query.After is { } from
                ? await EverythingFrom(directory, query, indexes.IdIndex, from)
                : await Everything(directory, query, indexes.IdIndex);
        }

        if (!Bind(directory, query.ResourceType, query.Filter, query.SortBy, allTypes: false).TryGet(out var bound, out var error))
        {
            return new ListReply { Error = error.ToGrainError() };
        }

        if (bound is { Filter: { } filter, Sort: null } && await Candidates(directory, query.ResourceType, indexes, filter.Demands) is { } candidates)
        {
            var matches = await Matching(directory, query.ResourceType, indexes, filter, InListingOrder(directory, indexes, candidates));
            return Page(matches.Skip(query.StartIndex - 1).Take(query.Count).ToList(), matches.Count);
        }

        if (query.Stepwise)
        {
            return new ListReply { NeedsScan = true };
        }

        // A front of the version before has the whole answer from here.
        var page = await queries.Run(this, directory, new DirectoryQuery
        {
            Types = [query.ResourceType], Filter = query.Filter, SortBy = query.SortBy, Descending = query.Descending, StartIndex = query.StartIndex, Count = query.Count,
        }, CancellationToken.None);
        return page.Error is not null
            ? new ListReply { Error = page.Error }
            : Page([.. page.Results.Select(r => (r.Id, r.Resource))], page.TotalResults ?? 0);
    }

    public async Task<ScanReply> Scan(DirectoryContext directory, ScanQuery query)
    {
        directory = directory.For(query.ResourceType);
        if (!Bind(directory, query.ResourceType, query.Filter, query.SortBy, query.AllTypes).TryGet(out var bound, out var error))
        {
            return new ScanReply { Error = error.ToGrainError() };
        }

        var indexes = IndexesOf(directory, query.ResourceType);
        var client = new IndexClient(GrainFactory, directory);
        var found = new List<(string Id, string? Key)>();
        if (bound.Filter is { } filter && await Candidates(directory, query.ResourceType, indexes, filter.Demands) is { } candidates)
        {
            var places = InListingOrder(directory, indexes, candidates);
            var at = Array.FindIndex(places, id => Compare(PlaceOf(client, indexes, id), query.After) > 0);
            at = at < 0 ? places.Length : at;
            while (at < places.Length && found.Count < query.Most)
            {
                var some = places.AsSpan(at, Math.Min(Math.Min(LookAtOnce, query.Most - found.Count), places.Length - at)).ToArray();
                at += some.Length;
                await Look(directory, query.ResourceType, bound, some, found, listed: false, inPassing: false);
            }

            return Reply(found, bound, at < places.Length ? PlaceOf(client, indexes, places[at - 1]) : null, seen: 0);
        }

        IndexPosition? position = query.After;
        var inPassing = await Total(directory, query.ResourceType) > options.MaxKeptInMemory;
        var seen = 0;
        while (position is { } after && seen < query.Take && found.Count < query.Most)
        {
            var take = Math.Min(LookAtOnce, query.Take - seen);
            var (entries, next) = await pace.Step(async () =>
            {
                var listed = await client.List(indexes.IdIndex, after, take);
                await Look(directory, query.ResourceType, bound, [.. listed.Entries.SelectMany(e => e.Entries).Select(e => e.Id)], found, listed: true, inPassing);
                return listed;
            });
            seen += entries.Count;
            position = next;
        }

        if (found.Count > query.Most)
        {
            found.RemoveRange(query.Most, found.Count - query.Most);
            position = PlaceOf(client, indexes, found[^1].Id);
        }

        if (position is { } place && (await client.List(indexes.IdIndex, place, 1)).Entries.Count == 0)
        {
            position = null;
        }

        return Reply(found, bound, position, seen);
    }

    public async Task<ListReply> Fetch(DirectoryContext directory, FetchQuery query)
    {
        directory = directory.For(query.ResourceType);
        if (!Bind(directory, query.ResourceType, query.Filter, sortBy: null, query.AllTypes).TryGet(out var bound, out var error))
        {
            return new ListReply { Error = error.ToGrainError() };
        }

        var found = bound.Filter is { } filter
            ? await Matching(directory, query.ResourceType, IndexesOf(directory, query.ResourceType), filter, query.Ids)
            : await Read(directory, query.ResourceType, query.Ids);
        return Page(found, found.Count);
    }

    public async Task<ExportPage> Export(DirectoryContext directory, ExportQuery query)
    {
        directory = directory.For(query.ResourceType);
        var isGroup = query.ResourceType == "Group";
        var index = query.Archived ? IndexNames.Archive : IndexesOf(directory, query.ResourceType).IdIndex;
        var (entries, next) = await new IndexClient(GrainFactory, directory).List(index, query.After, ReadAtOnce);
        var reading = entries.SelectMany(entry => entry.Entries.Select(e => (Place: IndexClient.PositionAfter(entry), Resource: Stored(e.Id)))).ToList();
        var resources = new List<ExportedResource>(reading.Count);
        foreach (var (place, resource) in reading)
        {
            if (await resource is { } stored && stored.Archived is not null == query.Archived)
            {
                resources.Add(stored with { Place = place });
            }
        }

        return new ExportPage { Resources = [.. resources], Next = next };

        Task<ExportedResource?> Stored(string id)
        {
            var key = GrainKeys.Resource(directory.Id, id);
            return isGroup ? GrainFactory.GetGrain<IGroupGrain>(key).Export(directory, query.MostMembers) : GrainFactory.GetGrain<IUserGrain>(key).Export(directory).AsTask();
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
                : await Seek(directory, query, client, index, total);
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

    /// <summary>A list without a filter, by cursor: each page costs the same, wherever it begins.</summary>
    private async Task<ListReply> EverythingFrom(DirectoryContext directory, ListQuery query, string index, IndexPosition from)
    {
        // First, since what was cut off is then listed as it counts.
        var total = await Total(directory, query.ResourceType);
        var client = new IndexClient(GrainFactory, directory);
        var found = new List<(string Id, ResourceReply Reply)>(Math.Min(query.Count, 256));
        IndexPosition? position = query.Count > 0 ? from : null;
        while (found.Count < query.Count && position is { } after)
        {
            var (entries, next) = await client.List(index, after, query.Count - found.Count);
            position = next;
            found.AddRange(await Read(directory, query.ResourceType, [.. entries.SelectMany(e => e.Entries).Select(e => e.Id)], listed: true));
        }

        if (position is { } place && (await client.List(index, place, 1)).Entries.Count == 0)
        {
            position = null;
        }

        return Page(found, Math.Max(total, found.Count)) with { Next = position };
    }

    private async Task<int> Total(DirectoryContext directory, string type) =>
        (int)Math.Max(0, await GrainFactory.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory.Id)).Total(directory, type));

    /// <summary>
    /// Where a page begins that no walk is known to have come to, by what each bucket holds. Where that is more or less than there are, and
    /// the process is new, those before it are met once more: a walk that it knows nothing of may have come there, and has not met the ids
    /// of creates that were cut off.
    /// </summary>
    private async Task<IndexPosition?> Seek(DirectoryContext directory, ListQuery query, IndexClient client, string index, int total)
    {
        var skip = query.StartIndex - 1;
        var counts = await client.Counts(index);
        if (walks.MayHaveBegunBefore && skip <= MaxMetAgain && counts.Sum(c => (long)c.Count) != total)
        {
            IndexPosition? position = default(IndexPosition);
            while (skip > 0 && position is { } after)
            {
                var (entries, next) = await client.List(index, after, Math.Min(skip, ReadAtOnce));
                skip -= (await Read(directory, query.ResourceType, [.. entries.SelectMany(e => e.Entries).Select(e => e.Id)], listed: true, inPassing: true)).Count;
                position = next;
            }

            return position;
        }

        foreach (var (start, count) in counts)
        {
            if (skip < count)
            {
                return skip == 0 ? start : (await client.List(index, start, skip)).Next;
            }

            skip -= count;
        }

        return null;
    }

    /// <summary>The ids among which all matches are, by what the filter demands, or null where only looking at everything helps.</summary>
    private async Task<string[]?> Candidates(DirectoryContext directory, string type, ResourceIndexes indexes, FilterDemands demands)
    {
        foreach (var equality in demands.Equalities)
        {
            if (equality.Path == ResourceTypePath && equality.Value != type)
            {
                return [];
            }
        }

        if (demands.Impossible)
        {
            return [];
        }

        foreach (var equality in demands.Equalities)
        {
            if (equality.Path == "id")
            {
                return [equality.Value];
            }
        }

        foreach (var equality in demands.Equalities)
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

        foreach (var equality in demands.Equalities)
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

        foreach (var (either, or) in demands.Alternatives)
        {
            if (await Candidates(directory, type, indexes, either) is { } some && await Candidates(directory, type, indexes, or) is { } others)
            {
                return [.. some.Union(others, StringComparer.Ordinal)];
            }
        }

        return null;
    }

    /// <summary>Ids in the order in which a list without a filter has them, so that a walk can go on behind any of them.</summary>
    private string[] InListingOrder(DirectoryContext directory, ResourceIndexes indexes, string[] ids)
    {
        if (ids.Length < 2)
        {
            return ids;
        }

        var client = new IndexClient(GrainFactory, directory);
        var places = Array.ConvertAll(ids, id => PlaceOf(client, indexes, id));
        Array.Sort(places, ids, Comparer<IndexPosition>.Create(Compare));
        return ids;
    }

    private static IndexPosition PlaceOf(IndexClient client, ResourceIndexes indexes, string id)
    {
        var key = client.KeyOf(indexes.IdIndex, id);
        return new IndexPosition { Order = SplitOrder.Reverse(key.Hash), Value = key.Value };
    }

    private static int Compare(IndexPosition x, IndexPosition y)
    {
        var order = x.Order.CompareTo(y.Order);
        return order != 0 ? order : string.CompareOrdinal(x.Value, y.Value);
    }

    /// <summary>Looks at some resources, and adds those that match, with their sort keys.</summary>
    private async Task Look(DirectoryContext directory, string type, Bound bound, string[] ids, List<(string Id, string? Key)> found, bool listed, bool inPassing)
    {
        var replies = await Read(directory, type, ids, listed: listed, inPassing: inPassing);
        if (bound is { Filter: null, Sort: null })
        {
            found.AddRange(replies.Select(r => (r.Id, (string?)null)));
            return;
        }

        var members = MembersNamed(type, bound.Filter);
        foreach (var (id, reply) in replies)
        {
            var resource = await Seen(directory, id, reply, members);
            if (bound.Filter?.Matches(resource) ?? true)
            {
                found.Add((id, bound.Sort?.KeyOf(resource)));
            }
        }
    }

    private static ScanReply Reply(List<(string Id, string? Key)> found, Bound bound, IndexPosition? next, int seen) => new()
    {
        Ids = [.. found.Select(f => f.Id)],
        Keys = bound.Sort is null ? [] : [.. found.Select(f => f.Key)],
        Next = next,
        Seen = seen,
    };

    private static ResourceIndexes IndexesOf(DirectoryContext directory, string type) => ResourceIndexes.Of(directory, type);

    /// <summary>Reads a filter and what is sorted by, or says what is wrong with them.</summary>
    private static Result<Bound> Bind(DirectoryContext directory, string type, string? filter, string? sortBy, bool allTypes)
    {
        var schema = DirectorySchemas.Of(directory).FindResourceType(type)!;
        var others = allTypes ? DirectorySchemas.Of(directory).ResourceTypes : null;
        var dialect = (Dialect)directory.Dialect;
        CompiledFilter? compiled = null;
        SortAttribute? sort = null;
        ScimError? error = null;
        if (filter is not null && (!Filter.Parse(filter).TryGet(out var parsed, out error) || !parsed.Compile(schema, dialect, others).TryGet(out compiled, out error)))
        {
            return error;
        }

        var mayBeGroups = type == "Group" || allTypes;
        if (mayBeGroups && compiled is not null && compiled.References("members") && compiled.EqualityValues("members.value") is null)
        {
            return ScimError.InvalidFilter("members can only be compared by eq with the id of a member.");
        }

        if (sortBy is not null && !SortAttribute.Parse(sortBy, schema, dialect, others).TryGet(out sort, out error))
        {
            return error;
        }

        return mayBeGroups && sort?.Attribute == "members"
            ? ScimError.InvalidPath("Nothing is sorted by 'members': they are in no order.")
            : new Bound(compiled, sort);
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
        var members = MembersNamed(type, filter);
        foreach (var (id, reply) in await Read(directory, type, ids))
        {
            if (filter.Matches(await Seen(directory, id, reply, members)))
            {
                matching.Add((id, reply));
            }
        }

        return matching;
    }

    private static IReadOnlyList<string>? MembersNamed(string type, CompiledFilter? filter) =>
        type == "Group" && filter is not null && filter.References("members") ? filter.EqualityValues("members.value") : null;

    /// <summary>A resource as a filter sees it.</summary>
    private async ValueTask<JsonObject> Seen(DirectoryContext directory, string id, ResourceReply reply, IReadOnlyList<string>? members)
    {
        var resource = Parse(reply.Document);
        if (members is not null && reply.MemberCount > 0)
        {
            resource["members"] = await NamedMembers(directory, id, members);
        }

        return resource;
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
        _ = type == "Group"
            ? GrainFactory.GetGrain<IGroupGrain>(key).Wake(directory, [NoWrite])
            : GrainFactory.GetGrain<IUserGrain>(key).Wake(directory, [NoWrite]);
    }

    /// <summary>The resources of ids, those that are gone left out.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="type">Their type.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="under">Where they have to stand, or else they are left out, too.</param>
    /// <param name="listed">Whether the ids come from the index of all ids, where one without a resource has no place.</param>
    /// <param name="inPassing">Whether they are only looked at, and need not stay in memory.</param>
    private async Task<List<(string Id, ResourceReply Reply)>> Read(
        DirectoryContext directory, string type, string[] ids, IndexTerm? under = null, bool listed = false, bool inPassing = false)
    {
        var found = new List<(string, ResourceReply)>(ids.Length);
        var reading = new ValueTask<ResourceReply>[Math.Min(ids.Length, ReadAtOnce)];
        for (var start = 0; start < ids.Length; start += ReadAtOnce)
        {
            var some = new ArraySegment<string>(ids, start, Math.Min(ReadAtOnce, ids.Length - start));
            for (var i = 0; i < some.Count; i++)
            {
                reading[i] = GrainKeys.IsPart(some[i]) ? ReadOne(directory, type, some[i], under, inPassing) : new(NoResource);
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

    private ValueTask<ResourceReply> ReadOne(DirectoryContext directory, string type, string id, IndexTerm? under, bool inPassing)
    {
        var key = GrainKeys.Resource(directory.Id, id);
        if (type != "Group")
        {
            var user = GrainFactory.GetGrain<IUserGrain>(key);
            return under is { } term ? user.ReadUnder(directory, term.Index, term.Value) : inPassing ? user.Look(directory) : user.Read(directory);
        }

        var group = GrainFactory.GetGrain<IGroupGrain>(key);
        return under is { } place ? group.ReadUnder(directory, place.Index, place.Value) : inPassing ? group.Look(directory) : group.Read(directory);
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

    /// <summary>A filter and a sort, bound to a type.</summary>
    private sealed record Bound(CompiledFilter? Filter, SortAttribute? Sort);
}
