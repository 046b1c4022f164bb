using Bench.Client;

namespace Bench.Requests;

/// <summary>Creates a user and deletes it again, by turns, so that a directory keeps its size however long a run is.</summary>
/// <param name="create">POST of a user.</param>
/// <param name="delete">DELETE of it.</param>
/// <param name="numbers">Makes each user another.</param>
internal sealed class CreateAndDeleteSource(RequestTemplate create, RequestTemplate delete, Numbers numbers) : RequestSource
{
    private const int Created = 201;
    private const int NoContent = 204;

    private byte[]? id;
    private bool deletes;

    /// <inheritdoc />
    public override bool WantsBody => true;

    /// <inheritdoc />
    public override int Next(Span<byte> buffer)
    {
        deletes = id is not null;
        return deletes ? delete.Write(buffer, id, number: 0) : create.Write(buffer, [], numbers.Next());
    }

    /// <inheritdoc />
    public override bool Answered(int status, ReadOnlySpan<byte> body)
    {
        id = deletes ? null : ResourceBytes.IdOf(body);
        return status == (deletes ? NoContent : Created);
    }
}
