namespace Api.Admin;

/// <summary>What a directory's identity provider has made, over time: the progress of its first cycle.</summary>
/// <param name="State"><c>notBegun</c>; <c>underWay</c>: something was made within the last 30 minutes; <c>settled</c>.</param>
/// <param name="Since">When the first request came.</param>
/// <param name="LastMade">When a user, a group or a membership was last made.</param>
/// <param name="UsersMade">Users made since then.</param>
/// <param name="GroupsMade">Groups made since then.</param>
/// <param name="MembersAdded">Members put into groups since then, as the requests say.</param>
/// <param name="Users">Users that the directory has now.</param>
/// <param name="Groups">Groups that it has now.</param>
/// <param name="UsersPerHour">Users made in the last hour.</param>
/// <param name="IntervalSeconds">How long each of <paramref name="Points"/> is; it grows with time, so that there are 240 at the most.</param>
/// <param name="Points">What was made in each interval, to the last in which something was.</param>
public sealed record Progress(
    string State,
    DateTimeOffset? Since,
    DateTimeOffset? LastMade,
    long UsersMade,
    long GroupsMade,
    long MembersAdded,
    long Users,
    long Groups,
    long UsersPerHour,
    long IntervalSeconds,
    IReadOnlyList<ProgressInterval> Points);
