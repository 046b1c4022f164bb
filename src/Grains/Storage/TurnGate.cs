namespace Grains.Storage;

/// <summary>
/// Lets the calls of one activation in one at a time, in the order they came. For code in the activation's turns alone, which never run
/// beside each other: it has no lock, and nothing to be allocated where nobody waits.
/// </summary>
internal sealed class TurnGate
{
    private Queue<TaskCompletionSource>? waiting;
    private bool isTaken;

    /// <summary>Waits for its turn.</summary>
    public Task Enter()
    {
        if (!isTaken)
        {
            isTaken = true;
            return Task.CompletedTask;
        }

        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (waiting ??= new()).Enqueue(turn);
        return turn.Task;
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave()
    {
        if (waiting is not null && waiting.TryDequeue(out var next))
        {
            next.SetResult();
        }
        else
        {
            isTaken = false;
        }
    }
}
