using Grains.Abstractions.Requests;

namespace Grains.Requests;

/// <summary>Counts requests into a directory's traffic: a batch at a time.</summary>
internal static class TrafficCount
{
    /// <summary>How long slots are kept: a day, and the one that it began in.</summary>
    private const long SlotTime = (24 * 60 * 60 * 1000) + TrafficSlot.Length;

    /// <summary>How many intervals the progress has at the most; then two become one.</summary>
    public const int MaxPoints = 240;

    private const long FirstInterval = 60 * 1000;

    /// <summary>The traffic with more requests.</summary>
    public static DirectoryTraffic With(this DirectoryTraffic traffic, IReadOnlyList<LoggedRequest> requests)
    {
        if (requests.Count == 0)
        {
            return traffic;
        }

        var slots = traffic.Slots.ToDictionary(s => s.Start);
        var points = traffic.Points.ToList();
        foreach (var request in requests)
        {
            traffic = traffic.With(request, slots, points);
        }

        var newest = slots.Keys.Max();
        return traffic with
        {
            Slots = [.. slots.Values.Where(s => s.Start > newest - SlotTime).OrderBy(s => s.Start)],
            Points = [.. points],
        };
    }

    /// <summary>The traffic without requests that came before a time: beside the counts, it keeps none for longer than the log does.</summary>
    public static DirectoryTraffic Since(this DirectoryTraffic traffic, long earliest) =>
        traffic.LastFailure?.At < earliest || traffic.LastTest?.At < earliest
            ? traffic with
            {
                LastFailure = traffic.LastFailure?.At < earliest ? null : traffic.LastFailure,
                LastTest = traffic.LastTest?.At < earliest ? null : traffic.LastTest,
            }
            : traffic;

    /// <summary>Whether an identity provider counts a request as one that failed. A GET of what is not there is how it finds out.</summary>
    public static bool IsFailure(LoggedRequest request) =>
        request.Status >= 400 && !(request.Status == 404 && request.Method is "GET" or "HEAD" && !request.IsAddressUnknown);

    private static DirectoryTraffic With(this DirectoryTraffic traffic, LoggedRequest request, Dictionary<long, TrafficSlot> slots, List<ProgressPoint> points)
    {
        var at = request.At;
        var start = at - (at % TrafficSlot.Length);
        var slot = slots.GetValueOrDefault(start) ?? new TrafficSlot { Start = start };
        if (request.Outcome == RequestOutcome.Dropped)
        {
            slots[start] = slot with { Requests = slot.Requests + request.Dropped, Failures = slot.Failures + request.DroppedFailures };
            return traffic with { Requests = traffic.Requests + request.Dropped, Dropped = traffic.Dropped + request.Dropped };
        }

        if (request.Outcome == RequestOutcome.Unauthenticated)
        {
            slots[start] = slot with { Unauthenticated = slot.Unauthenticated + 1 };

            // Anybody can try an invented credential: that is no failure of the connection, and must not hide one.
            return request.CredentialLastFour is null
                ? traffic with { UnknownCredentialRefused = Later(traffic.UnknownCredentialRefused, at) }
                : traffic with { KnownCredentialRefused = Later(traffic.KnownCredentialRefused, at), LastFailure = WithoutBodies(request) };
        }

        var failed = request.Status == 0 || IsFailure(request);
        slots[start] = slot with
        {
            Requests = slot.Requests + 1,
            Failures = slot.Failures + (IsFailure(request) ? 1 : 0),
            UsersMade = slot.UsersMade + request.UsersMade,
            GroupsMade = slot.GroupsMade + request.GroupsMade,
            MembersAdded = slot.MembersAdded + request.MembersAdded,
        };
        var made = request.UsersMade + request.GroupsMade + request.MembersAdded > 0;
        traffic = Progressed(traffic, request, made, points);
        return traffic with
        {
            Requests = traffic.Requests + 1,
            LastRequest = Later(traffic.LastRequest, at),
            LastFailure = failed ? WithoutBodies(request) : traffic.LastFailure,
            LastTest = request.IsTest ? WithoutBodies(request) : traffic.LastTest,
            LastSuccess = failed ? traffic.LastSuccess : Later(traffic.LastSuccess, at),
            AddressUnknown = request.IsAddressUnknown ? Later(traffic.AddressUnknown, at) : traffic.AddressUnknown,
            CredentialId = request.CredentialId ?? traffic.CredentialId,
            CredentialUsed = Later(traffic.CredentialUsed, at),
            UserAgent = request.UserAgent ?? traffic.UserAgent,
            EntraSeen = request.Client == IdentityClient.Entra ? Later(traffic.EntraSeen, at) : traffic.EntraSeen,
            OktaSeen = request.Client == IdentityClient.Okta ? Later(traffic.OktaSeen, at) : traffic.OktaSeen,
            EntraDefaultPatch = request.PatchStyle == PatchStyle.EntraDefault ? Later(traffic.EntraDefaultPatch, at) : traffic.EntraDefaultPatch,
            EntraFlaggedPatch = request.PatchStyle == PatchStyle.EntraFlagged ? Later(traffic.EntraFlaggedPatch, at) : traffic.EntraFlaggedPatch,
            StandardPatch = request.PatchStyle == PatchStyle.Standard ? Later(traffic.StandardPatch, at) : traffic.StandardPatch,
            LastMade = made ? Later(traffic.LastMade, at) : traffic.LastMade,
        };
    }

    private static LoggedRequest WithoutBodies(LoggedRequest request) => request with { RequestBody = null, ResponseBody = null };

    private static DirectoryTraffic Progressed(DirectoryTraffic traffic, LoggedRequest request, bool made, List<ProgressPoint> points)
    {
        if (traffic.Since == 0)
        {
            traffic = traffic with { Since = request.At, Interval = FirstInterval };
        }

        if (!made)
        {
            return traffic;
        }

        // What another front saw before the first that was counted belongs to the first interval.
        var index = Math.Max(0, request.At - traffic.Since) / traffic.Interval;
        while (index >= MaxPoints)
        {
            traffic = traffic with { Interval = traffic.Interval * 2 };
            index /= 2;
            for (var i = 0; i < points.Count; i++)
            {
                var one = points[i];
                if (i % 2 == 0)
                {
                    points[i / 2] = one;
                }
                else
                {
                    points[i / 2] = Sum(points[i / 2], one.UsersMade, one.GroupsMade, one.MembersAdded);
                }
            }

            points.RemoveRange((points.Count + 1) / 2, points.Count - ((points.Count + 1) / 2));
        }

        while (points.Count <= index)
        {
            points.Add(new ProgressPoint());
        }

        points[(int)index] = Sum(points[(int)index], request.UsersMade, request.GroupsMade, request.MembersAdded);
        return traffic;
    }

    private static ProgressPoint Sum(ProgressPoint point, long users, long groups, long members) => new()
    {
        UsersMade = point.UsersMade + users,
        GroupsMade = point.GroupsMade + groups,
        MembersAdded = point.MembersAdded + members,
    };

    private static long Later(long one, long other) => Math.Max(one, other);
}
