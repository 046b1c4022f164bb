namespace Api.Requests;

/// <summary>
/// How many unauthenticated tries are logged: so many for one directory, so that a flood of them neither fills its log nor drives out what
/// its own clients did; and of those that prove nothing, so many in all, as each invented address costs a question to a directory that may
/// not be there.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class TryBudget(TimeProvider time)
{
    /// <summary>Tries against one directory that are logged in a minute.</summary>
    public const int OfDirectory = 60;

    /// <summary>Tries by credentials that this platform never made that are logged in a minute, in all.</summary>
    public const int Unproven = 300;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);
    private int unproven;
    private long began = time.GetTimestamp();

    /// <summary>Whether one more is logged.</summary>
    /// <param name="directory">The directory that it names.</param>
    /// <param name="isProven">Whether its credential was made by this platform.</param>
    public bool Take(string directory, bool isProven)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(began) >= Minute)
            {
                taken.Clear();
                (began, unproven) = (time.GetTimestamp(), 0);
            }

            // Only a directory's own former credentials make entries beyond the bound on invented ones: the table stays small.
            var count = taken.GetValueOrDefault(directory);
            if (count >= OfDirectory || (!isProven && unproven >= Unproven))
            {
                return false;
            }

            taken[directory] = count + 1;
            unproven += isProven ? 0 : 1;
            return true;
        }
    }
}
