using Bench.Client;

namespace Bench.Requests;

/// <summary>Sends several kinds of requests, drawn by weight.</summary>
/// <param name="parts">The kinds, and how often each is sent in proportion.</param>
/// <param name="random">What is drawn from.</param>
internal sealed class MixedSource(IReadOnlyList<(int Weight, RequestSource Source)> parts, Random random) : RequestSource
{
    private readonly int total = parts.Sum(p => p.Weight);
    private RequestSource current = parts[0].Source;

    /// <inheritdoc />
    public override bool WantsBody => parts.Any(p => p.Source.WantsBody);

    /// <inheritdoc />
    public override int Next(Span<byte> buffer)
    {
        var draw = random.Next(total);
        foreach (var (weight, source) in parts)
        {
            draw -= weight;
            if (draw < 0)
            {
                current = source;
                break;
            }
        }

        return current.Next(buffer);
    }

    /// <inheritdoc />
    public override bool Answered(int status, ReadOnlySpan<byte> body) => current.Answered(status, body);
}
