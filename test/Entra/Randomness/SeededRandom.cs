using System.Numerics;

namespace Entra.Randomness;

/// <summary>
/// SplitMix64. Written out, rather than <see cref="Random"/>, so that a seed sends the same requests on every version of .NET.
/// Not for use by two threads at once: each piece of work gets a <see cref="Fork"/> of its own.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>A generator whose numbers do not depend on what is drawn from this one later.</summary>
    public SeededRandom Fork() => new(BitOperations.RotateLeft(NextBits(), 17));

    /// <summary>A number from 0 up to, but without, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)Math.BigMul(NextBits(), (ulong)limit, out _);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both possible.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(double probability) => (NextBits() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Puts the items in random order, in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items) => Draw(items, items.Length);

    /// <summary>Brings <paramref name="count"/> items, drawn at random, to the front, at a cost of as many steps.</summary>
    public void Draw<T>(Span<T> items, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var j = i + Below(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A random (version 4) GUID, in the form Entra writes object ids.</summary>
    public string NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextBits());
        BitConverter.TryWriteBytes(bytes[8..], NextBits());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
