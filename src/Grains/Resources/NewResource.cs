using Grains.Abstractions;
using Grains.Abstractions.Resources;

namespace Grains.Resources;

/// <summary>A resource that is being made: by a client's create, or as it was elsewhere.</summary>
/// <param name="Attributes">The attributes, normalised, without members.</param>
/// <param name="Digest">With an <c>Idempotency-Key</c>: the digest of the body.</param>
/// <param name="Imported">What an import says of it; null with a create.</param>
internal sealed record NewResource(byte[] Attributes, string? Digest, ImportResource? Imported)
{
    /// <summary>The number in <c>meta.version</c> that it begins with.</summary>
    public long ContentVersion => Imported?.Version ?? 1;

    /// <summary>Whoever asks for it knows its id and asks again: what was begun is left standing for that.</summary>
    public bool IsAskedForAgain => Digest is not null || Imported is not null;

    public static NewResource Of(CreateResource request) => new(request.Attributes, request.Digest, Imported: null);

    public static NewResource Of(ImportResource request) => new(request.Attributes, Digest: null, request);

    /// <summary>Whether it may be made where this row stands: there is none, or, for an import, one that only says no.</summary>
    public bool MayBeMadeOn(bool isAbsent, bool saysNo) => isAbsent || (Imported is not null && saysNo);

    /// <summary>Why what stands there already is not what was asked for; null where it is.</summary>
    /// <param name="type">The name of its type.</param>
    /// <param name="id">The id.</param>
    /// <param name="stands">What stands there, or null where it is a tombstone.</param>
    /// <param name="digest">The digest that the row was made with.</param>
    public GrainError? Refusal(string type, string id, ExportedResource? stands, string? digest)
    {
        var sameAttributes = stands is not null && stands.Attributes.AsSpan().SequenceEqual(Attributes);
        if (Imported is not { } import)
        {
            return CreateRetries.Answer(Digest, stands is not null, digest, isOwn: sameAttributes);
        }

        if (stands is null)
        {
            return Conflict($"{type} {id} was deleted here, or its import was refused, less than ten minutes ago. Import it again after that.");
        }

        return stands.Version != import.Version ? Conflict($"{type} {id} stands here at version {stands.Version}; the file has version {import.Version}.")
            : !sameAttributes ? Conflict($"{type} {id} stands here with other attributes.")
            : stands.Created != import.Created || stands.LastModified != import.LastModified ? Conflict($"{type} {id} stands here with another meta.created or meta.lastModified.")
            : null;
    }

    private static GrainError Conflict(string detail) => new() { Status = 409, Detail = detail };
}
