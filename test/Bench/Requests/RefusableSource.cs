using Bench.Client;

namespace Bench.Requests;

/// <summary>Sends what another source does, to a server that may refuse it for being too much (429).</summary>
internal sealed class RefusableSource(RequestSource inner) : RequestSource
{
    private const int TooMany = 429;

    /// <summary>How many requests were refused.</summary>
    public long Refused { get; private set; }

    /// <inheritdoc />
    public override bool WantsBody => inner.WantsBody;

    /// <inheritdoc />
    public override int Next(Span<byte> buffer) => inner.Next(buffer);

    /// <inheritdoc />
    public override bool Answered(int status, ReadOnlySpan<byte> body)
    {
        if (status != TooMany)
        {
            return inner.Answered(status, body);
        }

        Refused++;
        return true;
    }
}
