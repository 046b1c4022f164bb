namespace Grains.Embedded;

/// <summary>
/// What this thread is at. Callers are told the results of their calls only after the turn that made them: their code must not run within it.
/// A thread of the pool that has ended its turn goes on with one of them itself, which spares a hop.
/// </summary>
internal static class Turns
{
    [ThreadStatic]
    private static int s_depth;

    [ThreadStatic]
    private static bool s_mayBegin;

    [ThreadStatic]
    private static List<Call>? s_ended;

    /// <summary>Whether a turn of any activation may begin here and now: no other is under way on this thread, and its work is to go on with calls that ended.</summary>
    public static bool MayBegin => s_mayBegin;

    /// <summary>A turn begins; answers what <see cref="Leave"/> is to be given.</summary>
    public static bool Enter()
    {
        var mayBegin = s_mayBegin;
        s_mayBegin = false;
        s_depth++;
        return mayBegin;
    }

    /// <summary>A turn has ended.</summary>
    public static void Leave(bool mayBegin)
    {
        s_mayBegin = mayBegin;
        if (--s_depth == 0 && !mayBegin && s_ended is { Count: > 0 } ended)
        {
            // This thread has a caller to go back to.
            ended.ForEach(Queue);
            ended.Clear();
        }
    }

    /// <summary>A turn of a work item of the pool has ended: this thread goes on with a call that did, too.</summary>
    public static void LeaveWork()
    {
        s_depth--;
        if (s_ended is { Count: > 0 })
        {
            Tell(null);
        }
    }

    /// <summary>Tells a caller, after the turn that this thread is in; else from the pool.</summary>
    public static void Ended(Call call)
    {
        if (s_depth > 0)
        {
            (s_ended ??= []).Add(call);
        }
        else
        {
            Queue(call);
        }
    }

    /// <summary>Tells a caller, and those of the calls that end thereby: on a thread of the pool, which has no other work.</summary>
    public static void Tell(Call? call)
    {
        var ended = s_ended ??= [];
        s_mayBegin = true;
        try
        {
            while (true)
            {
                if (call is null)
                {
                    if (ended.Count == 0)
                    {
                        return;
                    }

                    // Other threads may take the rest.
                    call = ended[^1];
                    ended.RemoveAt(ended.Count - 1);
                    ended.ForEach(Queue);
                    ended.Clear();
                }

                call.Tell();
                call = null;
            }
        }
        finally
        {
            s_mayBegin = false;
        }
    }

    private static void Queue(Call call) => ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: true);
}
