namespace Grains.Embedded;

/// <summary>The pending calls of a silo. One coarse sweep serves them all, as a timer for each call would cost more than the call.</summary>
internal sealed class Deadlines(EmbeddedSilo silo)
{
    private readonly Lock _gate = new();
    private List<Call> _pending = [];

    public void Add(Call call)
    {
        lock (_gate)
        {
            _pending.Add(call);
        }
    }

    /// <summary>Fails the calls whose time is over, and forgets those that have ended.</summary>
    public void Sweep()
    {
        List<Call> calls;
        lock (_gate)
        {
            calls = _pending;
            _pending = [];
        }

        List<Call> left = [];
        // The innermost call of a chain is the youngest, and knows best what it waits for: its exception then passes through the others.
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
                call.Fail(new TimeoutException($"Deadlock: {call} waits for a request that waits for it: {cycle}."));
            }
            else if (age >= silo.Options.ResponseTimeout)
            {
                call.Fail(new TimeoutException($"No answer within {silo.Options.ResponseTimeout}: {call}{Circumstances(call)}"));
            }
            else
            {
                left.Add(call);
            }
        }

        left.Reverse();
        lock (_gate)
        {
            left.AddRange(_pending);
            _pending = left;
        }
    }

    public void FailAll(Exception exception)
    {
        List<Call> calls;
        lock (_gate)
        {
            calls = _pending;
            _pending = [];
        }

        calls.ForEach(call => call.Fail(exception));
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
