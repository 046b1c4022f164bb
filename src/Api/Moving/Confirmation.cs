using Grains.Storage;

namespace Api.Moving;

/// <summary>Asks a grain again that could not confirm: one whose write failed makes way for one that reads what stands.</summary>
internal static class Confirmation
{
    private const int Attempts = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The first answer that is one.</summary>
    /// <param name="call">Asks.</param>
    /// <param name="isConfirmed">Whether an answer is one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <exception cref="StorageUnavailableException">There was none after several attempts.</exception>
    public static async Task<T> Of<T>(Func<Task<T>> call, Func<T, bool> isConfirmed, TimeProvider time, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await call();
                if (isConfirmed(answer))
                {
                    return answer;
                }

                if (attempt == Attempts)
                {
                    throw new StorageUnavailableException();
                }
            }
            catch (Exception exception) when (attempt < Attempts && exception is not OperationCanceledException)
            {
                // Asked again below.
            }

            await Task.Delay(pause, time, stop);
            pause *= 2;
        }
    }
}
