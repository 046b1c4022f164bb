namespace Api.Admin;

/// <summary>An event of a directory: a version of a resource that came to be.</summary>
/// <param name="Sequence">Its place in the log, growing, with gaps.</param>
/// <param name="Kind"><c>create</c>, <c>patch</c>, <c>put</c> or <c>delete</c>.</param>
/// <param name="ResourceType"><c>User</c>, <c>Group</c> or one of the directory's own resource types.</param>
/// <param name="ResourceId">The resource's id.</param>
/// <param name="Version">The number in <c>meta.version</c>. Each version has one event.</param>
/// <param name="At">When it happened.</param>
public sealed record Event(long Sequence, string Kind, string ResourceType, string ResourceId, long Version, DateTimeOffset At);
