namespace Crash.Faults;

#pragma warning disable CA5394 // Not for secrets: a seed must damage the same again.

/// <summary>Damages copies of a database, by a seed.</summary>
internal static class Damager
{
    private const int PageSize = 4096;
    private const int HeaderSize = 100;
    private const int MostBits = 8;
    private const int MostHeaderBits = 4;
    private const int MostScribbled = 64;

    /// <summary>Damages the database at <paramref name="path"/> and its log; what was done, in words.</summary>
    public static string Apply(Damage damage, Random random, string path)
    {
        var log = path + "-wal";
        switch (damage)
        {
            case Damage.BitsOfFile:
                return Flip(path, random, random.Next(1, MostBits + 1), 0, long.MaxValue);
            case Damage.BitsOfHeader:
                return Flip(path, random, random.Next(1, MostHeaderBits + 1), 0, HeaderSize);
            case Damage.BitsOfLog:
                return Flip(log, random, random.Next(1, MostBits + 1), 0, long.MaxValue);
            case Damage.BitOfState:
                return FlipState(path, random);
            case Damage.Scribble:
                return Edit(path, bytes =>
                {
                    var length = random.Next(1, MostScribbled + 1);
                    var at = random.Next(bytes.Length - length);
                    random.NextBytes(bytes.AsSpan(at, length));
                    return $"{length} bytes at {at}";
                });
            case Damage.ZeroPage:
                return Edit(path, bytes =>
                {
                    var page = random.Next(bytes.Length / PageSize);
                    bytes.AsSpan(page * PageSize, PageSize).Clear();
                    return $"page {page + 1}";
                });
            case Damage.MisplacedPage:
                return Edit(path, bytes =>
                {
                    var (from, to) = (random.Next(bytes.Length / PageSize), random.Next(bytes.Length / PageSize));
                    bytes.AsSpan(from * PageSize, PageSize).CopyTo(bytes.AsSpan(to * PageSize));
                    return $"page {from + 1} over {to + 1}";
                });
            case Damage.CutFile:
                return Cut(path, random);
            case Damage.CutLog:
                return Cut(log, random);
            default:
                File.Delete(log);
                return "";
        }
    }

    private static string Flip(string file, Random random, int bits, long from, long to) => Edit(file, bytes =>
    {
        var places = new List<string>();
        for (var i = 0; i < bits; i++)
        {
            var at = random.NextInt64(from, Math.Min(to, bytes.Length));
            var bit = random.Next(8);
            bytes[at] ^= (byte)(1 << bit);
            places.Add($"{at}.{bit}");
        }

        return string.Join(' ', places);
    });

    /// <summary>Of the JSON of a user's or a group's state: near a name that both have.</summary>
    private static string FlipState(string file, Random random) => Edit(file, bytes =>
    {
        var found = new List<int>();
        for (var at = 0; (at = bytes.AsSpan(at).IndexOf("displayName"u8) is var next and >= 0 ? at + next : -1) >= 0; at++)
        {
            found.Add(at);
        }

        var place = found[random.Next(found.Count)] + random.Next(40);
        bytes[place] ^= (byte)(1 << random.Next(7));
        return $"at {place}";
    });

    private static string Cut(string file, Random random)
    {
        using var stream = new FileStream(file, FileMode.Open);
        var length = random.NextInt64(stream.Length);
        stream.SetLength(length);
        return $"at {length}";
    }

    private static string Edit(string file, Func<byte[], string> edit)
    {
        var bytes = File.ReadAllBytes(file);
        var done = edit(bytes);
        File.WriteAllBytes(file, bytes);
        return done;
    }
}
