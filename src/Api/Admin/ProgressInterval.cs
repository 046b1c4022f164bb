namespace Api.Admin;

/// <summary>What was made within an interval.</summary>
/// <param name="At">When it began.</param>
/// <param name="UsersMade">Users made in it.</param>
/// <param name="GroupsMade">Groups made in it.</param>
/// <param name="MembersAdded">Members put into groups in it.</param>
public sealed record ProgressInterval(DateTimeOffset At, long UsersMade, long GroupsMade, long MembersAdded);
