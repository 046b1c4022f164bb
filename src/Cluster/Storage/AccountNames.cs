namespace Cluster.Storage;

/// <summary>Which account's name a grain key carries: that of its directory, whose id may end in <c>--&lt;name&gt;</c>.</summary>
internal static class AccountNames
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 8;

    private const string Mark = "--";

    private const char EndOfDirectory = '.';

    private static readonly System.Buffers.SearchValues<char> Characters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Whether an account may have that name.</summary>
    public static bool IsName(ReadOnlySpan<char> name) => name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Characters);

    /// <summary>The name of the account that the rows of a grain are kept in; empty for the default one.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> key)
    {
        var end = key.IndexOf(EndOfDirectory);
        var directory = end < 0 ? key : key[..end];
        var mark = directory.LastIndexOf(Mark);
        return mark > 0 && IsName(directory[(mark + Mark.Length)..]) ? directory[(mark + Mark.Length)..] : [];
    }

    /// <summary>A directory's id, with the name of an account.</summary>
    public static string With(string id, string account) => account.Length == 0 ? id : id + Mark + account;
}
