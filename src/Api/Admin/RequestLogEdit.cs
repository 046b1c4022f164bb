namespace Api.Admin;

/// <summary>What a directory's request log keeps. It is replaced as a whole: what is not there goes by the server's settings.</summary>
/// <param name="On">Whether requests are logged. Connection state and progress are kept in any case.</param>
/// <param name="Bodies"><c>none</c>; <c>requests</c>: those of requests and of refusals; <c>all</c>.</param>
/// <param name="Masked">Attributes whose values are not kept, as paths: <c>phoneNumbers</c>, <c>name.familyName</c>. Secrets never are.</param>
/// <param name="RetentionDays">For how many days requests are kept, 1 to 3,650.</param>
public sealed record RequestLogEdit(bool? On = null, string? Bodies = null, IReadOnlyList<string?>? Masked = null, int? RetentionDays = null);
