using System.Collections.Concurrent;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Storage;
using Microsoft.Extensions.Logging;

namespace Grains.Resources;

/// <summary>
/// A resource's row and its events: each change writes both in parallel. The event carries the id of the row's write, and is seen
/// once the resource has said that this write stands.
/// </summary>
/// <typeparam name="TState">The row's state.</typeparam>
/// <param name="row">The row.</param>
/// <param name="grains">The cluster.</param>
/// <param name="typeOf">The name of the resource's type, for a call.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where a step that fails is told.</param>
internal sealed class LoggedRow<TState>(Row<TState> row, IGrainFactory grains, Func<DirectoryContext, string> typeOf, TimeProvider time, ILogger logger)
    where TState : class, IResourceState<TState>, new()
{
    /// <summary>For each directory a sequence that its log has reached, as far as this process has heard.</summary>
    private static readonly ConcurrentDictionary<string, long> Reached = new(StringComparer.Ordinal);

    /// <summary>The resource's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Writes a change and its event.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="kind">What happens.</param>
    /// <param name="next">The decision.</param>
    /// <param name="version">The number in <c>meta.version</c> that the write makes, where it is not just the next.</param>
    /// <returns><see cref="WriteOutcome.Unknown"/> also where the row stands and the event was not confirmed: the next activation sends it again.</returns>
    public async Task<WriteOutcome> Update(DirectoryContext directory, EventKind kind, Func<TState, TState?> next, long? version = null)
    {
        var writeId = Row<TState>.NewWriteId();
        var before = row.Current;
        var log = Log(directory);
        if (!Reached.TryGetValue(directory.Id, out var from))
        {
            Reached[directory.Id] = from = await log.Next();
        }

        var appending = Append(log, directory, new NewEvent
        {
            ResourceType = typeOf(directory),
            ResourceId = Id,
            WriteId = writeId,
            Version = version ?? before.NextVersion(),
            Kind = kind,
            Previous = before.EventId,
            At = time.GetUtcNow(),
        });

        // Whoever knows of fewer indexes than the row was written by would leave one out.
        var outcome = await row.Update(
            current => current.IndexEpoch > directory.IndexEpoch ? null : next(current)?.WithEvent(writeId, current.EventId, kind, from, directory.IndexEpoch),
            writeId);
        var appended = await appending;
        switch (outcome)
        {
            case WriteOutcome.Written when !appended:
                row.Poison();
                return WriteOutcome.Unknown;
            case WriteOutcome.Conflict or WriteOutcome.Skipped:
                Tell(directory, writeId, before.Version, stands: false, unfinished: false);
                break;
        }

        return outcome;
    }

    /// <summary>Asks whether the directory's limit leaves room for the resource, which is about to be made.</summary>
    /// <returns>The refusal, or null where there is room.</returns>
    public async ValueTask<GrainError?> Refusal(DirectoryContext directory)
    {
        var type = typeOf(directory);
        return directory.Limits?.MostOf(type) is not { } most || await Log(directory).Admit(new ResourceName { Type = type, Id = Id }, most) ? null : ResourceErrors.Full(type, most);
    }

    /// <summary>Sends the event of the row again, when an activation finds the row marked.</summary>
    public Task<bool> Resend(DirectoryContext directory, TState state) =>
        state.EventId is not { } writeId || !state.EventOpen
            ? Task.FromResult(true)
            : Append(Log(directory), directory, new NewEvent
            {
                ResourceType = typeOf(directory),
                ResourceId = Id,
                WriteId = writeId,
                Version = state.ContentVersion,
                Kind = state.EventKind,
                Previous = state.EventBefore,
                At = state.EventAt,
                ResentFrom = state.LogFrom,
            });

    /// <summary>Tells the log that the row's event stands. Nobody waits for it: where it is lost, the log asks.</summary>
    public void Settle(DirectoryContext directory, TState state, bool unfinished)
    {
        if (state.EventId is { } writeId)
        {
            Tell(directory, writeId, state.ContentVersion, stands: true, unfinished);
        }
    }

    /// <summary>Tells the log that an event never came to be, and whether its resource has work to do nevertheless.</summary>
    public void Drop(DirectoryContext directory, string writeId, bool unfinished = false) => Tell(directory, writeId, version: 0, stands: false, unfinished);

    /// <summary>
    /// Has the log clear the row when its time is over. What says so is shown to nobody, and is durable before the row is written: a row that is
    /// not for clearing when its turn comes is passed over.
    /// </summary>
    /// <returns>False where storage did not confirm.</returns>
    public Task<bool> Bury(DirectoryContext directory) => Append(Log(directory), directory, new NewEvent
    {
        ResourceType = typeOf(directory),
        ResourceId = Id,
        WriteId = Row<TState>.NewWriteId(),
        Version = 0,
        Kind = EventKind.Void,
        At = time.GetUtcNow(),
    });

    private IEventLogGrain Log(DirectoryContext directory) => grains.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory.Id));

    private Task<bool> Append(IEventLogGrain log, DirectoryContext directory, NewEvent entry)
    {
        return Companions.Confirmed(Send(), logger, $"{directory.Id}.{Id}");

        async Task<bool> Send()
        {
            var reply = await log.Append(directory, entry);
            Reached.AddOrUpdate(directory.Id, reply.Next, (_, known) => Math.Max(known, reply.Next));
            return reply.Confirmed;
        }
    }

    private void Tell(DirectoryContext directory, string writeId, long version, bool stands, bool unfinished)
    {
        var telling = Log(directory).Settle(directory, new Settlement
        {
            ResourceType = typeOf(directory),
            ResourceId = Id,
            WriteId = writeId,
            Version = version,
            Stands = stands,
            Unfinished = unfinished,
        });
        if (!telling.IsCompletedSuccessfully)
        {
            _ = Companions.Confirmed(Told(), logger, $"{directory.Id}.{Id}");
        }

        async Task<bool> Told()
        {
            await telling;
            return true;
        }
    }
}
