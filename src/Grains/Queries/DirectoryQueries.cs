using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Queries;
using Grains.Resources;
using Microsoft.Extensions.Options;
using Scim.Errors;

namespace Grains.Queries;

/// <summary>
/// Answers queries by asking the query grain: at once where an index helps, else step by step, so that a query stops when its client goes and
/// no call takes long. What it keeps meanwhile is the ids of the matches and their sort keys; the page's resources are read in the end.
/// </summary>
/// <param name="options">Limits.</param>
/// <param name="walks">What is remembered from page to page.</param>
/// <param name="slots">Who may look through all resources.</param>
public sealed class DirectoryQueries(IOptions<QueryOptions> options, Walks walks, ScanSlots slots)
{
    /// <summary>How many resources are looked at in one call.</summary>
    private const int StepSize = 512;

    /// <summary>How many matches of one walk are remembered.</summary>
    private const int MaxRemembered = 100_000;

    /// <summary>When to try again after a query was not let in, in seconds.</summary>
    public const int RetrySeconds = 5;

    private static readonly GrainError Busy = new()
    {
        Status = 429,
        Detail = $"The directory has as many queries under way that look through its resources as are served at once. Try again in {RetrySeconds} s, or filter by eq on an indexed attribute.",
    };

    /// <summary>Answers a query.</summary>
    /// <param name="grain">The directory's query grain.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    public async Task<QueryPage> Run(IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is null && query.SortBy is null)
        {
            return query.Cursor is { } from ? await EverythingFrom(grain, directory, query, from) : await Everything(grain, directory, query);
        }

        if (query.Cursor is null)
        {
            if (query.StartIndex > 1 && walks.Take(NameOf(directory, query), query.StartIndex) is { Found: { } found })
            {
                return await PageOf(grain, directory, query, found);
            }

            if (query.SortBy is null && query.Types is [var only])
            {
                var reply = await grain.List(directory, new ListQuery
                {
                    ResourceType = only, Filter = query.Filter, StartIndex = query.StartIndex, Count = query.Count, Stepwise = true,
                });
                if (!reply.NeedsScan)
                {
                    return reply.Error is { } error
                        ? QueryPage.Refused(error)
                        : new QueryPage { TotalResults = reply.TotalResults, Results = Results(only, reply) };
                }
            }
        }

        if (query is { Cursor.Id: { } id, SortBy: not null } && walks.Find(NameOf(query.Cursor.Walk), startIndex: 0) is { Found: { } sorted } && sorted.PageSize == query.Count)
        {
            return await SortedPage(grain, directory, query, sorted, query.Cursor.Offset, query.Cursor.Walk);
        }

        using var slot = await slots.Enter(directory.Id, cancellationToken);
        return slot is null ? QueryPage.Refused(Busy) : await Scan(grain, directory, query, cancellationToken);
    }

    private static string NameOf(DirectoryContext directory, DirectoryQuery query) =>
        string.Join('\n', directory.Id, string.Join(',', query.Types), query.Descending ? "d" : "a", query.SortBy, query.Filter);

    private static string NameOf(ulong walk) => string.Create(CultureInfo.InvariantCulture, $"sorted {walk}");

    private static QueryResult[] Results(string type, ListReply reply) =>
        [.. reply.Ids.Select((id, i) => new QueryResult(type, id, reply.Resources[i]))];

    private static async Task<int> Total(IDirectoryQueryGrain grain, DirectoryContext directory, string type) =>
        (await grain.List(directory, new ListQuery { ResourceType = type, StartIndex = 1, Count = 0 })).TotalResults;

    /// <summary>All resources, one type after the other.</summary>
    private static async Task<QueryPage> Everything(IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query)
    {
        var total = 0;
        var results = new List<QueryResult>();
        foreach (var type in query.Types)
        {
            var start = Math.Max(1, query.StartIndex - total);
            var count = query.Count - results.Count;
            if (query.Types.Count > 1 && start > 1 && await Total(grain, directory, type) is var most && start > most)
            {
                // Without counting through its buckets.
                (start, count) = (1, 0);
            }

            var reply = await grain.List(directory, new ListQuery { ResourceType = type, StartIndex = start, Count = count });
            results.AddRange(Results(type, reply));
            total += reply.TotalResults;
        }

        return new QueryPage { TotalResults = total, Results = results };
    }

    private static async Task<QueryPage> EverythingFrom(IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, QueryCursor from)
    {
        var total = 0;
        var results = new List<QueryResult>();
        QueryCursor? next = null;
        for (var i = 0; i < query.Types.Count; i++)
        {
            var left = query.Count - results.Count;
            if (i < from.Type || left == 0)
            {
                var more = await Total(grain, directory, query.Types[i]);
                total += more;
                next ??= i > from.Type && more > 0 && query.Count > 0 ? new QueryCursor { Type = i } : null;
                continue;
            }

            var after = i == from.Type ? from.Position : default;
            var reply = await grain.List(directory, new ListQuery { ResourceType = query.Types[i], StartIndex = 1, Count = left, After = after });
            results.AddRange(Results(query.Types[i], reply));
            total += reply.TotalResults;
            next = reply.Next is { } position ? new QueryCursor { Type = i, Position = position } : null;
        }

        return new QueryPage { TotalResults = total, Results = results, Next = next };
    }

    private async Task<QueryPage> Scan(IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, CancellationToken cancellationToken)
    {
        if (query is { Cursor: { } from, SortBy: null, Count: > 0 })
        {
            return await Onwards(grain, directory, query, from, cancellationToken);
        }

        var matches = new List<Match>();
        if (await All(grain, directory, query, matches, cancellationToken) is { } error)
        {
            return QueryPage.Refused(error);
        }

        if (query.SortBy is not null)
        {
            matches.Sort((x, y) => Match.Compare(x, y, query.Descending));
        }

        if (query.Count == 0)
        {
            return new QueryPage { TotalResults = matches.Count };
        }

        if (query.Cursor is null)
        {
            return await PageOf(grain, directory, query, new RememberedMatches(matches));
        }

        var offset = 0;
        if (query.Cursor is { Id: { } id, Key: var key })
        {
            var last = new Match(0, id, key);
            offset = matches.FindIndex(m => Match.Compare(m, last, query.Descending) > 0);
            offset = offset < 0 ? matches.Count : offset;
        }

        var keys = new List<string?>();
        for (var at = offset; at < matches.Count; at += query.Count)
        {
            keys.Add(matches[Math.Min(at + query.Count, matches.Count) - 1].Key);
        }

        // The pages of what is remembered begin where this page does.
        var sorted = new RememberedMatches(matches[offset..]) { PageSize = query.Count, PageKeys = [.. keys] };
        var walk = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        if (sorted.Count is > 0 and <= MaxRemembered && sorted.Count > query.Count)
        {
            walks.Put(NameOf(walk), 0, default, matches.Count, sorted);
        }

        return await SortedPage(grain, directory, query, sorted, 0, walk) with { TotalResults = matches.Count };
    }

    /// <summary>A page by index of what was found.</summary>
    private async Task<QueryPage> PageOf(IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, RememberedMatches found)
    {
        var end = query.StartIndex - 1L + query.Count;
        if (query.Count > 0 && found.Count > end && found.Count <= MaxRemembered)
        {
            walks.Put(NameOf(directory, query), (int)end + 1, default, found.Count, found);
        }

        return await Fetched(grain, directory, query, found.Slice(query.StartIndex - 1, query.Count)) with { TotalResults = found.Count };
    }

    /// <summary>A page by cursor of what was sorted. Of a page remembered, those that are gone since are missing: the next one begins where it always did.</summary>
    private async Task<QueryPage> SortedPage(
        IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, RememberedMatches sorted, int offset, ulong walk)
    {
        var some = sorted.Slice(offset, query.Count);
        var end = offset + some.Count;
        var next = end >= sorted.Count || some.Count == 0 ? null : new QueryCursor
        {
            Id = some[^1].Id,
            Key = sorted.PageKeys[offset / sorted.PageSize],
            Walk = walk,
            Offset = end,
        };
        var total = walks.Find(NameOf(walk), startIndex: 0)?.Total;
        return await Fetched(grain, directory, query, some) with { TotalResults = total, Next = next };
    }

    /// <summary>A page by cursor of what matches, from where it goes on until it is full, or enough was looked at.</summary>
    private async Task<QueryPage> Onwards(
        IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, QueryCursor from, CancellationToken cancellationToken)
    {
        var matches = new List<Match>(query.Count);
        var seen = 0;
        QueryCursor? next = from;
        while (next is not null && matches.Count < query.Count && seen < options.Value.MaxScanned)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var take = Math.Min(StepSize, options.Value.MaxScanned - seen);
            var reply = await Step(grain, directory, query, next.Type, next.Position, take, query.Count - matches.Count);
            if (reply.Error is { } error)
            {
                return QueryPage.Refused(error);
            }

            seen += reply.Seen;
            Add(matches, next.Type, reply);
            next = reply.Next is { } position ? next with { Position = position }
                : next.Type + 1 < query.Types.Count ? new QueryCursor { Type = next.Type + 1 }
                : null;
        }

        // How many there are in all is known where all were met: else only looking further would tell (RFC 9865 §2).
        int? total = next is null && from == QueryCursor.Start ? matches.Count : null;
        return await Fetched(grain, directory, query, matches) with { TotalResults = total, Next = next };
    }

    /// <summary>Everything that matches.</summary>
    /// <returns>Why not, or null.</returns>
    private async Task<GrainError?> All(
        IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, List<Match> matches, CancellationToken cancellationToken)
    {
        var seen = 0;
        for (var type = 0; type < query.Types.Count; type++)
        {
            IndexPosition? position = new IndexPosition();
            while (position is { } after)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var reply = await Step(grain, directory, query, type, after, StepSize, int.MaxValue);
                if (reply.Error is not null)
                {
                    return reply.Error;
                }

                Add(matches, type, reply);
                position = reply.Next;
                if (reply.Seen > 0 && seen == 0 && position is not null && await Total(grain, directory, query.Types[type]) > options.Value.MaxScanned)
                {
                    // Without looking at them first.
                    seen = options.Value.MaxScanned;
                }

                seen += reply.Seen;
                if (seen > options.Value.MaxScanned)
                {
                    return ScimError.TooMany(
                        $"The query would have to look at more than {options.Value.MaxScanned} resources. Filter by eq on an indexed attribute{(query.SortBy is null ? ", or page by cursor" : "")}.").ToGrainError();
                }
            }
        }

        return null;
    }

    private static Task<ScanReply> Step(
        IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, int type, IndexPosition after, int take, int most) =>
        grain.Scan(directory, new ScanQuery
        {
            ResourceType = query.Types[type],
            Filter = query.Filter,
            SortBy = query.SortBy,
            AllTypes = query.Types.Count > 1,
            After = after,
            Take = take,
            Most = most,
        });

    private static void Add(List<Match> matches, int type, ScanReply reply)
    {
        for (var i = 0; i < reply.Ids.Length; i++)
        {
            matches.Add(new Match((byte)type, reply.Ids[i], reply.Keys.Length > 0 ? reply.Keys[i] : null));
        }
    }

    /// <summary>The resources of matches, in their order; those that are gone or no longer match are left out.</summary>
    private static async Task<QueryPage> Fetched(IDirectoryQueryGrain grain, DirectoryContext directory, DirectoryQuery query, List<Match> matches)
    {
        var found = new Dictionary<(string Type, string Id), QueryResult>(matches.Count);
        foreach (var ofType in matches.GroupBy(m => m.Type))
        {
            var type = query.Types[ofType.Key];
            var reply = await grain.Fetch(directory, new FetchQuery
            {
                ResourceType = type, Filter = query.Filter, AllTypes = query.Types.Count > 1, Ids = [.. ofType.Select(m => m.Id)],
            });
            foreach (var result in Results(type, reply))
            {
                found[(type, result.Id)] = result;
            }
        }

        var results = new List<QueryResult>(matches.Count);
        foreach (var match in matches)
        {
            if (found.TryGetValue((query.Types[match.Type], match.Id), out var result))
            {
                results.Add(result);
            }
        }

        return new QueryPage { Results = results };
    }
}
