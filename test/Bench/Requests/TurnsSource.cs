using Bench.Client;

namespace Bench.Requests;

/// <summary>Sends two requests by turns, the second to undo the first, with the same id.</summary>
/// <param name="first">The first request.</param>
/// <param name="second">The second.</param>
/// <param name="pickId">Picks the id, once for the two.</param>
internal sealed class TurnsSource(RequestTemplate first, RequestTemplate second, Func<byte[]> pickId) : RequestSource
{
    private byte[] id = [];
    private bool isSecond = true;

    /// <inheritdoc />
    public override int Next(Span<byte> buffer)
    {
        isSecond = !isSecond;
        if (!isSecond)
        {
            id = pickId();
        }

        return (isSecond ? second : first).Write(buffer, id, number: 0);
    }

    /// <inheritdoc />
    public override bool Answered(int status, ReadOnlySpan<byte> body) => status is 200 or 204;
}
