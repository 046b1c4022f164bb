namespace Grains.Directories;

/// <summary>Settings of every directory grain.</summary>
public sealed class DirectoryOptions
{
    /// <summary>The default of <see cref="RequestsPerSecond"/>: well above the 25 a second that Microsoft Entra ID asks for.</summary>
    public const int DefaultRequestsPerSecond = 1000;

    /// <summary>How many requests a second a directory takes, over all fronts: what comes faster waits its turn, and is refused where it would wait half a second. 0 for no limit.</summary>
    public int RequestsPerSecond { get; set; } = DefaultRequestsPerSecond;
}
