using Bench.Client;

namespace Bench.Requests;

/// <summary>Sends to one directory after another: each connection goes on to the next when the one before has got its share from all of them.</summary>
/// <param name="sources">What is sent to each directory.</param>
/// <param name="share">How many requests a directory gets.</param>
/// <param name="sent">Counts them, for all connections.</param>
internal sealed class SuccessionSource(IReadOnlyList<RequestSource> sources, long share, Numbers sent) : RequestSource
{
    private RequestSource current = sources[0];

    /// <inheritdoc />
    public override bool WantsBody => sources[0].WantsBody;

    /// <inheritdoc />
    public override int Next(Span<byte> buffer)
    {
        current = sources[(int)Math.Min(sent.Next() / share, sources.Count - 1)];
        return current.Next(buffer);
    }

    /// <inheritdoc />
    public override bool Answered(int status, ReadOnlySpan<byte> body) => current.Answered(status, body);
}
