namespace Grains.Abstractions;

/// <summary>
/// The keys of all grains. A key's parts are made of <c>[a-z0-9-]</c> only, and are joined by a dot, which neither Orleans nor
/// Azure Table storage rewrites; so two different identities never share a row.
/// </summary>
public static class GrainKeys
{
    /// <summary>The key of the one <c>PlatformGrain</c>.</summary>
    public const string Platform = "platform";

    private const char Separator = '.';

    [ThreadStatic]
    private static string? lastDirectory;

    /// <summary>The longest part that is accepted, in characters. Index parts hold a prefix and a resource id.</summary>
    public const int MaxPartLength = 64;

    /// <summary>The key of a user or group grain.</summary>
    /// <exception cref="ArgumentException">A part is empty, too long, or holds a character outside <c>[a-z0-9-]</c>.</exception>
    public static string Resource(string directory, string id) => string.Concat(Checked(directory), ".", Checked(id));

    /// <summary>The key of bucket <paramref name="number"/> of an index.</summary>
    /// <exception cref="ArgumentException">A part is empty, too long, or holds a character outside <c>[a-z0-9-]</c>.</exception>
    public static string Bucket(string directory, string index, long number) =>
        string.Create(null, $"{Checked(directory)}{Separator}{Checked(index)}{Separator}{number}");

    /// <summary>The key of the query grain of a directory.</summary>
    /// <exception cref="ArgumentException">The part is empty, too long, or holds a character outside <c>[a-z0-9-]</c>.</exception>
    public static string Directory(string directory) => Checked(directory);

    /// <summary>The key of an org unit.</summary>
    /// <exception cref="ArgumentException">A part is empty, too long, or holds a character outside <c>[a-z0-9-]</c>.</exception>
    public static string OrgUnit(string directory, string kind, string slug) => $"{Checked(directory)}{Separator}{Checked(kind)}{Separator}{Checked(slug)}";

    /// <summary>The key of the work on some of a directory's indexes.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="what">Which: the name of an index, or the type of the resources with the epoch since which theirs are being built.</param>
    public static string IndexWork(string directory, string what) => string.Concat(Checked(directory), ".", Checked(what));

    /// <summary>Splits the key of an org unit.</summary>
    public static (string Directory, string Kind, string Slug) SplitOrgUnit(string key)
    {
        var parts = key.Split(Separator);
        return parts.Length == 3 ? (parts[0], parts[1], parts[2]) : throw new ArgumentException($"'{key}' is not the key of an org unit.", nameof(key));
    }

    /// <summary>Splits the key of a resource grain.</summary>
    public static (string Directory, string Id) SplitResource(string key)
    {
        var at = key.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0 ? (DirectoryOf(key.AsSpan(0, at)), key[(at + 1)..]) : throw new ArgumentException($"'{key}' is not the key of a resource.", nameof(key));
    }

    /// <summary>The same text for one directory after another's resource of it: each activation keeps it.</summary>
    private static string DirectoryOf(ReadOnlySpan<char> text) =>
        lastDirectory is { } last && text.SequenceEqual(last) ? last : lastDirectory = text.ToString();

    /// <summary>Splits the key of a bucket grain.</summary>
    public static (string Directory, string Index, long Number) SplitBucket(string key)
    {
        var parts = key.Split(Separator);
        return parts.Length == 3 && long.TryParse(parts[2], System.Globalization.NumberStyles.None, null, out var number)
            ? (parts[0], parts[1], number)
            : throw new ArgumentException($"'{key}' is not the key of a bucket.", nameof(key));
    }

    /// <summary>Whether a text may be a part of a grain key.</summary>
    public static bool IsPart(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxPartLength && !text.ContainsAnyExcept(PartCharacters);

    private static readonly System.Buffers.SearchValues<char> PartCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static string Checked(string part) =>
        IsPart(part) ? part : throw new ArgumentException($"'{part}' cannot be a part of a grain key: 1 to {MaxPartLength} characters of [a-z0-9-] can.", nameof(part));
}
