using System.Globalization;
using Api.Admin;

namespace Api.Hosting;

/// <summary>Backups of the embedded engine's file, in one folder. Their names are the times at which they were begun.</summary>
/// <param name="store">The file at work.</param>
/// <param name="folder">Where backups go.</param>
/// <param name="time">The clock.</param>
internal sealed class FileBackups(SqliteStore store, string folder, TimeProvider time) : IBackups
{
    private const string Prefix = "muster-";
    private const string Suffix = ".db";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    public string? Unavailable => null;

    /// <summary>The name of a backup that is begun now.</summary>
    public static string NameAt(DateTimeOffset now) => Prefix + now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + Suffix;

    public async Task<Backup> Make()
    {
        var now = time.GetUtcNow();
        var name = NameAt(now);
        var made = await store.BackUpAsync(Path.Combine(folder, name));
        return new Backup(name, made.Bytes, Begun(name)!.Value, Math.Round(made.Duration.TotalSeconds, 3), made.Rows);
    }

    public List<BackupItem> List() => !Directory.Exists(folder) ? [] :
    [
        .. new DirectoryInfo(folder).EnumerateFiles(Prefix + "*" + Suffix)
            .Select(file => (file, Begun: Begun(file.Name)))
            .Where(pair => pair.Begun is not null)
            .OrderBy(pair => pair.Begun)
            .Select(pair => new BackupItem(pair.file.Name, pair.file.Length, pair.Begun!.Value)),
    ];

    private static DateTimeOffset? Begun(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && name.EndsWith(Suffix, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(
            name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length),
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var begun)
            ? begun
            : null;
}
