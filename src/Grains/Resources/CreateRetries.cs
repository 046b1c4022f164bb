using Grains.Abstractions;
using Grains.Abstractions.Resources;

namespace Grains.Resources;

/// <summary>What a create is told whose row is there already: the same request again, or another with its <c>Idempotency-Key</c>.</summary>
internal static class CreateRetries
{
    /// <returns>Why not, or null where the request is the one that made the resource, and gets its answer again.</returns>
    public static GrainError? Answer(CreateResource request, bool isLive, string? digest)
    {
        if (request.Digest is null)
        {
            // An id that was drawn at random stands for something else already, if only for a question about it.
            return GrainError.Retry;
        }

        if (!isLive)
        {
            return new GrainError { Status = 409, Detail = "An earlier request with this Idempotency-Key was refused, or what it made was deleted. Use a new key." };
        }

        return request.Digest == digest
            ? null
            : new GrainError { Status = 422, Detail = "This Idempotency-Key was used with another body." };
    }
}
