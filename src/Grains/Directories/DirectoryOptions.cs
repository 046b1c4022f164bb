using Grains.Indexes;

namespace Grains.Directories;

/// <summary>Settings of every directory grain.</summary>
public sealed class DirectoryOptions
{
    /// <summary>The default of <see cref="RequestsPerSecond"/>: well above the 25 a second that Microsoft Entra ID asks for.</summary>
    public const int DefaultRequestsPerSecond = 1000;

    /// <summary>
    /// How long a request may go on by what was known of a directory when it came: as long as a stale twin of the directory does not read
    /// its row again, and a call takes at the most. What goes on for longer is refused where it matters.
    /// </summary>
    public TimeSpan ContextLife { get; set; } = DirectoryGrain.MaxAge + TimeSpan.FromSeconds(30);

    /// <summary>How long a query may go on that has looked up which indexes there are: nothing is under way for longer.</summary>
    public TimeSpan QueryLife { get; set; } = TimeSpan.FromSeconds(BucketTable.LeftBehindSeconds);

    /// <summary>How many requests a second a directory takes, over all fronts: what comes faster waits its turn, and is refused where it would wait half a second. 0 for no limit.</summary>
    public int RequestsPerSecond { get; set; } = DefaultRequestsPerSecond;
}
