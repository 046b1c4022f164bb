using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fuzz.Inputs;

/// <summary>Makes inputs of others: by bytes, by the words and signs they are made of, and, where they are JSON, by their structure.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> tokens)
{
    /// <summary>The longest input: more than one of every kind that a client sends, and short enough for millions.</summary>
    public const int MaxLength = 16 << 10;

    private const int MaxNesting = 60;

    private readonly byte[][] pieces = [.. tokens.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A new input.</summary>
    /// <param name="seed">The one to start from.</param>
    /// <param name="other">Another, to take a piece of.</param>
    public byte[] Make(byte[] seed, byte[] other)
    {
        if (random.Next(50) == 0)
        {
            return Invent();
        }

        var bytes = seed;
        if (random.Next(4) == 0 && Restructure(bytes) is { } changed)
        {
            bytes = changed;
            if (random.Next(2) == 0)
            {
                return Cut(bytes);
            }
        }

        var result = new List<byte>(bytes);
        for (var changes = 1 << random.Next(4); changes > 0; changes--)
        {
            Change(result, other);
        }

        return Cut([.. result]);
    }

    private static byte[] Cut(byte[] bytes) => bytes.Length <= MaxLength ? bytes : bytes[..MaxLength];

    /// <summary>An input from nothing: tokens in any order, or any bytes.</summary>
    private byte[] Invent()
    {
        var result = new List<byte>();
        var isText = random.Next(4) > 0;
        for (var length = random.Next(40); length > 0; length--)
        {
            if (isText)
            {
                result.AddRange(Piece());
            }
            else
            {
                result.Add((byte)random.Next(256));
            }
        }

        return [.. result];
    }

    private byte[] Piece() => pieces[random.Next(pieces.Length)];

    private void Change(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(1 << random.Next(6), bytes.Count - at);
        switch (random.Next(11))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + (1 << random.Next(8)))]);
                break;
            case 5 when random.Next(8) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6:
                Nest(bytes, at, length);
                break;
            case 7 when Word(bytes, at) is var (start, end) && end > start:
                bytes.RemoveRange(start, end - start);
                bytes.InsertRange(start, Piece());
                break;
            case 8 when Word(bytes, at) is var (start, end) && end > start:
                // A word, or the sign between two, once more, or without.
                if (random.Next(2) == 0)
                {
                    bytes.InsertRange(start, bytes.GetRange(start, end - start));
                }
                else
                {
                    bytes.RemoveRange(start, end - start);
                }

                break;
            default:
                bytes.InsertRange(at, Piece());
                break;
        }
    }

    /// <summary>Puts a range into brackets, often many of them.</summary>
    private void Nest(List<byte> bytes, int at, int length)
    {
        var (open, close) = random.Next(5) switch
        {
            0 => ("(", ")"),
            1 => ("[", "]"),
            2 => ("{\"a\":", "}"),
            3 => ("not (", ")"),
            _ => ("\"", "\""),
        };
        var depth = random.Next(4) > 0 ? 1 : random.Next(MaxNesting);
        bytes.InsertRange(at + length, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(close, depth))));
        bytes.InsertRange(at, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(open, depth))));
    }

    /// <summary>The letters and digits around a place, or the one sign there.</summary>
    private static (int Start, int End) Word(List<byte> bytes, int at)
    {
        if (at >= bytes.Count)
        {
            return (at, at);
        }

        if (!char.IsAsciiLetterOrDigit((char)bytes[at]))
        {
            return (at, at + 1);
        }

        var (start, end) = (at, at + 1);
        while (start > 0 && char.IsAsciiLetterOrDigit((char)bytes[start - 1]))
        {
            start--;
        }

        while (end < bytes.Count && char.IsAsciiLetterOrDigit((char)bytes[end]))
        {
            end++;
        }

        return (start, end);
    }

    /// <summary>JSON with a value taken out, doubled, put elsewhere, or replaced; null where the input is none.</summary>
    private byte[]? Restructure(byte[] bytes)
    {
        // Asked first: an exception for each input that is no JSON would be most of the work.
        if (bytes.Length == 0 || bytes[0] != (byte)'{' || bytes[^1] is not ((byte)'}' or (byte)'\n' or (byte)' '))
        {
            return null;
        }

        try
        {
            var root = JsonNode.Parse(bytes)!.AsObject();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var containers = new List<JsonNode>();
                Collect(root, containers);
                Alter(containers[random.Next(containers.Count)], containers);
            }

            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON, a name that is there twice, or half of a surrogate pair.
            return null;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> containers)
    {
        switch (node)
        {
            case JsonObject members:
                containers.Add(members);
                foreach (var (_, value) in members)
                {
                    Collect(value, containers);
                }

                break;
            case JsonArray elements:
                containers.Add(elements);
                foreach (var element in elements)
                {
                    Collect(element, containers);
                }

                break;
        }
    }

    private void Alter(JsonNode container, List<JsonNode> containers)
    {
        switch (container)
        {
            case JsonObject { Count: > 0 } members:
                var (name, value) = members.GetAt(random.Next(members.Count));
                switch (random.Next(5))
                {
                    case 0:
                        members.Remove(name);
                        break;
                    case 1:
                        members[name] = Value(containers);
                        break;
                    case 2:
                        members[name] = new JsonArray(value?.DeepClone(), value?.DeepClone());
                        break;
                    case 3:
                        members[random.Next(2) == 0 ? name.ToUpperInvariant() + "x" : Encoding.UTF8.GetString(Piece()).Trim('"', ':', '{', '[')] = value?.DeepClone();
                        break;
                    default:
                        if (members.Count > 1)
                        {
                            members[name] = members.GetAt(random.Next(members.Count)).Value?.DeepClone();
                        }

                        break;
                }

                break;
            case JsonArray { Count: > 0 } elements:
                var index = random.Next(elements.Count);
                switch (random.Next(4))
                {
                    case 0:
                        elements.RemoveAt(index);
                        break;
                    case 1:
                        elements[index] = Value(containers);
                        break;
                    case 2:
                        elements.Add(elements[index]?.DeepClone());
                        break;
                    default:
                        elements.Insert(index, Value(containers));
                        break;
                }

                break;
            case JsonObject members:
                members["value"] = Value(containers);
                break;
            case JsonArray elements:
                elements.Add(Value(containers));
                break;
        }
    }

    private JsonNode? Value(List<JsonNode> containers) => random.Next(9) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 4),
        3 => "",
        4 => new JsonObject(),
        5 => new JsonArray(),
        6 => containers[random.Next(containers.Count)].DeepClone(),
        7 => random.NextDouble() * 1e6,
        _ => Encoding.UTF8.GetString(Piece()),
    };
}
