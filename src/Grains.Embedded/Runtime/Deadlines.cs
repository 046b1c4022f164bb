namespace Grains.Embedded;

/// <summary>
/// The pending calls of a silo, the oldest first. One coarse sweep serves them all, as a timer for each call would cost more than the call. A
/// call leaves when it ends: kept until the next sweep, it would outlive a garbage collection, with all that hangs on it.
/// </summary>
internal sealed class Deadlines(EmbeddedSilo silo)
{
    private readonly Lock _gate = new();
    private Call? _oldest;
    private Call? _youngest;

    public void Add(Call call)
    {
        lock (_gate)
        {
            call.Older = _youngest;
            if (_youngest is null)
            {
                _oldest = call;
            }
            else
            {
                _youngest.Younger = call;
            }

            _youngest = call;
        }
    }

    public void Remove(Call call)
    {
        lock (_gate)
        {
            if (call.Older is null && !ReferenceEquals(call, _oldest))
            {
                // It has left already, or was never here.
                return;
            }

            _ = call.Older is null ? _oldest = call.Younger : call.Older.Younger = call.Younger;
            _ = call.Younger is null ? _youngest = call.Older : call.Younger.Older = call.Older;
            (call.Older, call.Younger) = (null, null);
        }
    }

    /// <summary>Fails the calls whose time is over.</summary>
    public void Sweep()
    {
        var least = silo.Options.DeadlockTimeout < silo.Options.ResponseTimeout ? silo.Options.DeadlockTimeout : silo.Options.ResponseTimeout;
        var calls = Calls(call => silo.TimeProvider.GetElapsedTime(call.PendingSince) >= least);
        List<(Call Call, TimeoutException Exception)> late = [];
        for (var i = calls.Count - 1; i >= 0; i--)
        {
            var call = calls[i];
            if (call.IsDone || call.IsAbandoned)
            {
                continue;
            }

            var age = silo.TimeProvider.GetElapsedTime(call.PendingSince);
            if (age >= silo.Options.DeadlockTimeout && Cycle(call) is { } cycle)
            {
                late.Add((call, new TimeoutException($"Deadlock: {call} waits for a request that waits for it: {cycle}.")));
            }
            else if (age >= silo.Options.ResponseTimeout)
            {
                late.Add((call, new TimeoutException($"No answer within {silo.Options.ResponseTimeout}: {call}{Circumstances(call)}")));
            }
        }

        if (late.Count > 0)
        {
            // The innermost call of a chain is the youngest, and knows best what it waits for: its exception passes through the others,
            // and so they are told one after the other.
            ThreadPool.UnsafeQueueUserWorkItem(static late => late.ForEach(one => one.Call.TellFailure(one.Exception)), late, preferLocal: false);
        }
    }

    public void FailAll(Exception exception) => Calls(_ => true).ForEach(call => call.Fail(exception));

    // From the oldest on, as long as they match.
    private List<Call> Calls(Predicate<Call> match)
    {
        List<Call> calls = [];
        lock (_gate)
        {
            for (var call = _oldest; call is not null && match(call); call = call.Younger)
            {
                calls.Add(call);
            }
        }

        return calls;
    }

    private static string Circumstances(Call call)
    {
        var caller = call.Caller is Call by ? $", called by {by}" : "";
        return call.Activation?.Blocking is { } blocking && !ReferenceEquals(blocking, call) ? $", waiting behind {blocking}{caller}." : $"{caller}.";
    }

    // A call that waits behind one of its own callers: "a/1 X -> b/1 Y -> a/1 Z".
    private static string? Cycle(Call call)
    {
        var blocking = call.HasBegun ? null : call.Activation?.Blocking;
        List<string> chain = [call.ToString()];
        for (var caller = call.Caller; caller is not null && blocking is not null; caller = caller.Caller)
        {
            chain.Add(caller.ToString()!);
            if (ReferenceEquals(caller, blocking))
            {
                chain.Reverse();
                return string.Join(" -> ", chain);
            }
        }

        return null;
    }
}
