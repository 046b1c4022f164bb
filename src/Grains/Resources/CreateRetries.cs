using Grains.Abstractions;

namespace Grains.Resources;

/// <summary>What a create is told whose row is there already: the same request again, or another with its <c>Idempotency-Key</c>.</summary>
internal static class CreateRetries
{
    /// <param name="sent">The digest that came with the request.</param>
    /// <param name="isLive">Whether the row holds a resource.</param>
    /// <param name="digest">The digest that the row was made with.</param>
    /// <param name="isOwn">The row holds just what this request was to make.</param>
    /// <returns>Why not, or null where the request is the one that made the resource, and gets its answer again.</returns>
    public static GrainError? Answer(string? sent, bool isLive, string? digest, bool isOwn)
    {
        if (sent is null)
        {
            // An id that was drawn at random is nobody else's: what stands there is one's own write, whose answer was lost.
            return isLive && isOwn ? null : GrainError.Retry;
        }

        if (!isLive)
        {
            return new GrainError { Status = 409, Detail = "An earlier request with this Idempotency-Key was refused, or what it made was deleted. Use a new key." };
        }

        return sent == digest
            ? null
            : new GrainError { Status = 422, Detail = "This Idempotency-Key was used with another body." };
    }
}
