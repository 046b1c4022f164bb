namespace Grains.Abstractions.Resources;

/// <summary>A resource as a grain hands it out, or why not.</summary>
[GenerateSerializer, Immutable, Alias("muster.ResourceReply")]
public sealed record ResourceReply
{
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>
    /// The resource as UTF-8 JSON, ready to send but for the base URL, in whose place the byte 0x01 stands. Of a group, the head
    /// without its members. Empty where there is an error or nothing to show.
    /// </summary>
    [Id(1)]
    public byte[] Document { get; init; } = [];

    /// <summary>The number in <c>meta.version</c>.</summary>
    [Id(2)]
    public long Version { get; init; }

    /// <summary>How many members a group has.</summary>
    [Id(3)]
    public long MemberCount { get; init; }

    /// <summary>Of a delete: whether something is left for later, so that the resource is to be told to settle.</summary>
    [Id(4)]
    public bool Unfinished { get; init; }

    public static implicit operator ResourceReply(GrainError error) => new() { Error = error };
}
