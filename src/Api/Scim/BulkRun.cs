using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Grains.Abstractions;
using Grains.Abstractions.Resources;
using Scim.Bulk;
using Scim.Errors;
using Scim.Resources;

namespace Api.Scim;

/// <summary>
/// Does the operations of a bulk request: many at once, but each after those that it depends on. The ids of what is made are drawn
/// before anything is done, so that references resolve whichever way they point.
/// </summary>
internal sealed class BulkRun
{
    /// <summary>How many operations are under way at once.</summary>
    private const int AtOnce = 64;

    /// <summary>After that long no operation is begun any more: the client has an answer while it still waits for one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ScimError NotBegun = ScimError.Plain(503, "The operation was not begun in time. Try it again.");

    private readonly ScimRequest request;
    private readonly BulkRequest bulk;
    private readonly ResourceCalls calls;
    private readonly TimeProvider time;
    private readonly string? key;
    private readonly BulkResult?[] results;
    private readonly HashSet<int>[] waits;
    private readonly List<int>[] waiters;
    private readonly Dictionary<string, int> makers = new(StringComparer.Ordinal);
    private readonly string[] ids;
    private readonly NewResourceId[] news;
    private readonly PriorityQueue<int, int> ready = new();
    private readonly SortedSet<int> again = [];
    private readonly SortedSet<int> notBegun = [];
    private readonly Channel<int> ended = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<(int Group, int Maker, JsonNode Member)> later = [];
    private int underWay;

    /// <param name="request">The request.</param>
    /// <param name="bulk">What it asks for.</param>
    /// <param name="calls">How resources are changed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="key">Its <c>Idempotency-Key</c>, or null: with one, the same request makes the same resources.</param>
    public BulkRun(ScimRequest request, BulkRequest bulk, ResourceCalls calls, TimeProvider time, string? key)
    {
        (this.request, this.bulk, this.calls, this.time, this.key) = (request, bulk, calls, time, key);
        var count = bulk.Operations.Count;
        results = new BulkResult?[count];
        ids = new string[count];
        news = new NewResourceId[count];
        waits = [.. BulkOrder.Of(bulk).Select(w => w.ToHashSet())];
        waiters = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
    }

    /// <summary>Does them all, or as many as <c>failOnErrors</c> lets.</summary>
    /// <returns>What came of each; null of those that were not tried.</returns>
    public async Task<IReadOnlyList<BulkResult?>> ToEnd()
    {
        var started = time.GetTimestamp();
        Prepare();
        var atOnce = bulk.FailOnErrors > 0 ? 1 : AtOnce;
        var errors = 0;
        while (true)
        {
            var isOver = (bulk.FailOnErrors > 0 && errors >= bulk.FailOnErrors) || time.GetElapsedTime(started) > Patience;
            while (!isOver && underWay < atOnce && ready.TryDequeue(out var next, out _))
            {
                Begin(next);
            }

            if (underWay == 0 && (isOver || !Unblock()))
            {
                break;
            }

            if (underWay > 0)
            {
                var done = await ended.Reader.ReadAsync();
                underWay--;
                if (results[done] is not { } result)
                {
                    again.Add(done);
                    continue;
                }

                errors += result.Error is null ? 0 : 1;
                Release(done);
            }
        }

        await Complete();
        if (bulk.FailOnErrors == 0)
        {
            for (var i = 0; i < results.Length; i++)
            {
                results[i] ??= Failed(i, NotBegun);
            }
        }

        return results;
    }

    private void Prepare()
    {
        for (var i = 0; i < results.Length; i++)
        {
            var operation = bulk.Operations[i];
            if (operation.Method == BulkMethod.Post && operation.Error is null)
            {
                Name(i, "bulk");
                if (operation.BulkId is { } name)
                {
                    makers.Add(name, i);
                }
            }

            notBegun.Add(i);
            foreach (var other in waits[i])
            {
                waiters[other].Add(i);
            }

            if (waits[i].Count == 0)
            {
                ready.Enqueue(i, i);
            }
        }
    }

    /// <summary>Draws the id of what an operation makes; with an <c>Idempotency-Key</c>, the same one each time.</summary>
    private void Name(int i, string purpose)
    {
        var operation = bulk.Operations[i];
        news[i] = key is null
            ? NewResourceId.Draw(time)
            : NewResourceId.Derive(request, operation.Type!.Endpoint, $"{key} {purpose} {operation.BulkId ?? i.ToString(CultureInfo.InvariantCulture)}", JsonBody.ToUtf8(operation.Data!));
        ids[i] = news[i].Id;
    }

    private void Begin(int i, bool isSecondTry = false)
    {
        notBegun.Remove(i);
        underWay++;

        // What came before and is under way still may be about to free a name that this one wants.
        var mayTryAgain = !isSecondTry && (key is not null || underWay > 1 || (notBegun.Count > 0 && notBegun.Min < i));
        _ = Run();

        async Task Run()
        {
            try
            {
                var result = await Do(i);
                results[i] = mayTryAgain && result.Error is { Status: 409, ScimType: "uniqueness" } ? null : result;
            }
            catch (Exception)
            {
                // Storage was away, or the outcome is unknown: the client may try the operation again.
                results[i] = Failed(i, ScimError.Plain(503, GrainError.Retry.Detail));
            }

            ended.Writer.TryWrite(i);
        }
    }

    /// <summary>Nothing is under way, and nothing may begin by itself.</summary>
    /// <returns>Whether something was begun all the same.</returns>
    private bool Unblock()
    {
        if (again.Count > 0)
        {
            // All that could have been in its way has ended.
            var second = again.Min;
            if (bulk.Operations[second].Method == BulkMethod.Post)
            {
                // The first id was refused, and stays so.
                Name(second, "bulk again");
            }

            Begin(second, isSecondTry: true);
            return true;
        }

        if (notBegun.Count == 0)
        {
            return false;
        }

        // They wait for one another. The first goes on: members that are not there yet are added when they are.
        var first = notBegun.Min;
        var operation = bulk.Operations[first];
        if (operation is { Method: BulkMethod.Post, Type.Name: "Group" } && operation.Data!["members"] is JsonArray members)
        {
            foreach (var member in members.Where(m => BulkReferences.In(m).Any(IsStillMissing)).ToList())
            {
                members.Remove(member);
                later.Add((first, makers[BulkReferences.In(member).First(IsStillMissing)], member!));
            }
        }

        waits[first].Clear();
        Begin(first);
        return true;

        bool IsStillMissing(string name) => makers.TryGetValue(name, out var maker) && maker != first && results[maker] is null;
    }

    private void Release(int done)
    {
        again.Remove(done);
        foreach (var waiter in waiters[done])
        {
            if (waits[waiter].Remove(done) && waits[waiter].Count == 0 && notBegun.Contains(waiter))
            {
                ready.Enqueue(waiter, waiter);
            }
        }
    }

    private async Task<BulkResult> Do(int i)
    {
        var operation = bulk.Operations[i];
        if ((operation.Error ?? Unresolved(operation)) is { } fault)
        {
            return Failed(i, fault);
        }

        var type = operation.Type!;
        ids[i] ??= operation.TargetId ?? ids[makers[operation.TargetBulkId!]];
        if (operation.Method != BulkMethod.Post && !ScimRequest.IsId(ids[i]))
        {
            return Failed(i, ScimError.Plain(404, $"{type.Name} {ids[i]} not found."));
        }

        if (!Preconditions.IfMatch(operation.Version).TryGet(out var match, out var error))
        {
            return Failed(i, error);
        }

        BulkReferences.Resolve(operation.Data, name => ids[makers[name]]);
        var change = new ChangeResource { IfMatch = match.Named };
        JsonObject? attributes = null;
        if (operation.Method is BulkMethod.Post or BulkMethod.Put && !ResourceReader.Read(operation.Data!, type, request.Dialect).TryGet(out attributes, out error))
        {
            return Failed(i, error);
        }

        var reply = operation.Method switch
        {
            BulkMethod.Post => await calls.Create(request, type, news[i], attributes!),
            BulkMethod.Put => await ResourceCalls.Replace(request, type, ids[i], change with { Body = JsonBody.ToUtf8(attributes!) }),
            BulkMethod.Patch => await ResourceCalls.Patch(request, type, ids[i], change with { Body = JsonBody.ToUtf8(operation.Data!) }),
            _ => await calls.Delete(request, type, ids[i], change),
        };
        return reply.Error is { } refusal
            ? Failed(i, new ScimError(refusal.Status, refusal.ScimType, refusal.Detail))
            : Succeeded(i, reply);
    }

    /// <summary>Why a reference stands for nothing, or null.</summary>
    private ScimError? Unresolved(BulkOperation operation)
    {
        foreach (var name in BulkOrder.References(operation))
        {
            if (!makers.TryGetValue(name, out var maker))
            {
                return ScimError.InvalidValue($"There is no POST with the bulkId '{name}' in this request.");
            }

            if (results[maker] is { Error: not null })
            {
                return ScimError.Plain(409, $"The operation with the bulkId '{name}' failed.");
            }
        }

        return null;
    }

    /// <summary>Adds the members that a circle of references kept from being there at once.</summary>
    private async Task Complete()
    {
        foreach (var members in later.GroupBy(m => m.Group))
        {
            var group = members.Key;
            if (results[group] is not { Error: null })
            {
                continue;
            }

            try
            {
                results[group] = await AddMembers(group, [.. members]);
            }
            catch (Exception)
            {
                results[group] = Failed(group, ScimError.Plain(503, GrainError.Retry.Detail));
            }
        }
    }

    private async Task<BulkResult> AddMembers(int group, (int Group, int Maker, JsonNode Member)[] members)
    {
        if (Array.Find(members, m => results[m.Maker] is not { Error: null }) is { Member: not null } missing)
        {
            return Failed(group, ScimError.Plain(409, $"The group was made without the member of the bulkId '{bulk.Operations[missing.Maker].BulkId}', whose operation failed."));
        }

        var values = new JsonArray([.. members.Select(m => m.Member)]);
        BulkReferences.Resolve(values, name => ids[makers[name]]);
        var patch = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = values }),
        };
        var reply = await ResourceCalls.Patch(request, bulk.Operations[group].Type!, ids[group], new ChangeResource { Body = JsonBody.ToUtf8(patch) });
        return reply.Error is { } refusal ? Failed(group, new ScimError(refusal.Status, refusal.ScimType, refusal.Detail)) : Succeeded(group, reply);
    }

    private BulkResult Succeeded(int i, ResourceReply reply)
    {
        var operation = bulk.Operations[i];
        return operation.Method == BulkMethod.Delete
            ? new BulkResult(StatusCodes.Status204NoContent, Location(i))
            : new BulkResult(operation.Method == BulkMethod.Post ? StatusCodes.Status201Created : StatusCodes.Status200OK, Location(i), ResourceRenderer.EntityTag(reply.Version));
    }

    private BulkResult Failed(int i, ScimError error) =>
        new(error.Status, bulk.Operations[i].Method == BulkMethod.Post && results[i] is not { Error: null } ? null : Location(i), Version: null, error);

    private string? Location(int i) =>
        bulk.Operations[i].Type is { } type && (ids[i] ?? bulk.Operations[i].TargetId) is { } id ? request.LocationOf(type.Endpoint, id) : null;
}
