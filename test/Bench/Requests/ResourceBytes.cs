namespace Bench.Requests;

/// <summary>Reads from an answer the little that a run needs.</summary>
internal static class ResourceBytes
{
    /// <summary>The id of a resource: the first member of that name. Null where there is none.</summary>
    public static byte[]? IdOf(ReadOnlySpan<byte> json)
    {
        var name = "\"id\""u8;
        var at = json.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        var rest = json[(at + name.Length)..];
        var start = rest.IndexOf((byte)'"') + 1;
        var length = rest[start..].IndexOf((byte)'"');
        return start == 0 || length < 0 ? null : rest.Slice(start, length).ToArray();
    }
}
