using Grains.Abstractions.Events;

namespace Grains.Events;

/// <summary>
/// New resources of a directory with a limit that were let in and whose events have not been appended yet: they count with those that
/// were, so that a limit holds however many are made at once. Kept in memory alone.
/// </summary>
internal sealed class Admissions(TimeProvider time)
{
    /// <summary>How long a place is kept for a resource that does not come, longer than a create can be under way.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (string Type, long At)> admitted = new(StringComparer.Ordinal);

    /// <summary>Lets a resource in, if there is room.</summary>
    /// <param name="name">The resource.</param>
    /// <param name="most">How many of its type there may be.</param>
    /// <param name="count">How many there are.</param>
    public bool Admit(ResourceName name, long most, long count)
    {
        foreach (var (id, one) in admitted)
        {
            // Removing the element that the enumeration stands at is allowed.
            if (time.GetElapsedTime(one.At) > HoldTime)
            {
                admitted.Remove(id);
            }
        }

        var waiting = admitted.Count(a => a.Value.Type == name.Type && a.Key != name.Id);
        if (count + waiting >= most)
        {
            return false;
        }

        admitted[name.Id] = (name.Type, time.GetTimestamp());
        return true;
    }

    /// <summary>The event of a resource stands in the log now, and counts there.</summary>
    public void Came(string id) => admitted.Remove(id);
}
