using System.Text;
using System.Text.Json.Serialization;

namespace Bench.Directories;

/// <summary>A directory that was filled for measuring.</summary>
internal sealed record BenchDirectory
{
    private byte[][]? utf8;

    /// <summary>Its token.</summary>
    public required string Token { get; init; }

    /// <summary>What the names of its users begin with; they are numbered from 0.</summary>
    public required string Population { get; init; }

    /// <summary>The ids of its users.</summary>
    public string[] Users { get; init; } = [];

    /// <summary>The ids of groups for members to be added to.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    [JsonIgnore]
    private byte[][] Utf8 => utf8 ??= [.. Users.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The id of any user.</summary>
    public byte[] RandomId() => Utf8[Random.Shared.Next(Utf8.Length)];

    /// <summary>The number of any user.</summary>
    public long RandomNumber() => Random.Shared.Next(Users.Length);

    /// <summary>Gives each user's id in turn, to as many as ask.</summary>
    public Func<byte[]> EachId()
    {
        var next = -1;
        return () => Utf8[Interlocked.Increment(ref next) % Utf8.Length];
    }
}
