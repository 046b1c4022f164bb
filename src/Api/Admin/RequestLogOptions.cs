namespace Api.Admin;

/// <summary>What a directory's request log keeps, the server's settings included.</summary>
/// <param name="On">Whether requests are logged.</param>
/// <param name="Bodies"><c>none</c>, <c>requests</c> or <c>all</c>.</param>
/// <param name="Masked">Attributes whose values are not kept, beside those that never are.</param>
/// <param name="RetentionDays">For how many days requests are kept.</param>
/// <param name="MaxBytes">How large the log may become; then the oldest requests go.</param>
/// <param name="MaxRequests">How many requests it may have.</param>
public sealed record RequestLogOptions(bool On, string Bodies, IReadOnlyList<string> Masked, int RetentionDays, long MaxBytes, long MaxRequests);
