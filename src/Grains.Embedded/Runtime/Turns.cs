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

    /// <summary>Whether a turn of any activation may begin here and now: no other is under way on this thread, and its work is to go on with a call that ended.</summary>
    public static bool MayBegin => s_mayBegin;

    /// <summary>A turn begins; answers what <see cref="Leave"/> is to be given.</summary>
    public static bool Enter()
    {
        var mayBegin = s_mayBegin;
        s_mayBegin = false;
        s_depth++;
        return mayBegin;
    }

    /// <summary>A turn has ended that was run within other code, which goes on now, for as long as it likes: callers are told on the pool.</summary>
    public static void Leave(bool mayBegin)
    {
        s_mayBegin = mayBegin;
        if (--s_depth == 0 && s_ended is { Count: > 0 } ended)
        {
            ended.ForEach(Queue);
            ended.Clear();
        }
    }

    /// <summary>A turn has ended that was all this thread had to do: it goes on with a caller.</summary>
    public static void LeaveAndTell(bool mayBegin)
    {
        s_mayBegin = mayBegin;
        if (--s_depth > 0 || s_ended is not { Count: > 0 } ended)
        {
            return;
        }

        var last = ended[^1];
        ended.RemoveAt(ended.Count - 1);

        // Before the caller's code, which may go on for long, or wait for these.
        ended.ForEach(Queue);
        ended.Clear();
        Tell(last);
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

    /// <summary>Tells a caller, on a thread of the pool that has no other work: a turn of the caller may begin within this.</summary>
    public static void Tell(Call call)
    {
        var mayBegin = s_mayBegin;
        s_mayBegin = true;
        try
        {
            call.Tell();
        }
        finally
        {
            s_mayBegin = mayBegin;
        }
    }

    private static void Queue(Call call) => ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: true);
}
