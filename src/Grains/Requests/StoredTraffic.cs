using Grains.Abstractions.Requests;
using Grains.Storage;

namespace Grains.Requests;

/// <summary>How a directory's traffic stands in the row of its log.</summary>
internal static class StoredTraffic
{
    /// <summary>Writes it behind its length, so that a later version can add to it.</summary>
    public static void Write(ref RowWriter row, DirectoryTraffic traffic)
    {
        var writer = new RowWriter();
        writer.Number(traffic.Slots.Length);
        foreach (var slot in traffic.Slots)
        {
            writer.Number(slot.Start / TrafficSlot.Length);
            writer.Number(slot.Requests);
            writer.Number(slot.Failures);
            writer.Number(slot.Unauthenticated);
            writer.Number(slot.UsersMade);
            writer.Number(slot.GroupsMade);
            writer.Number(slot.MembersAdded);
        }

        writer.Number(traffic.Since);
        writer.Number(traffic.Interval);
        writer.Number(traffic.Points.Length);
        foreach (var point in traffic.Points)
        {
            writer.Number(point.UsersMade);
            writer.Number(point.GroupsMade);
            writer.Number(point.MembersAdded);
        }

        writer.Number(traffic.Requests);
        writer.Number(traffic.LastRequest);
        writer.Number(traffic.LastSuccess);
        writer.Bytes(traffic.LastFailure is { } failure ? StoredRequests.Bytes(failure) : null);
        writer.Bytes(traffic.LastTest is { } test ? StoredRequests.Bytes(test) : null);
        writer.Number(traffic.KnownCredentialRefused);
        writer.Number(traffic.UnknownCredentialRefused);
        writer.Number(traffic.AddressUnknown);
        writer.Id(traffic.CredentialId);
        writer.Number(traffic.CredentialUsed);
        writer.Text(traffic.UserAgent);
        writer.Number(traffic.EntraSeen);
        writer.Number(traffic.OktaSeen);
        writer.Number(traffic.EntraDefaultPatch);
        writer.Number(traffic.EntraFlaggedPatch);
        writer.Number(traffic.StandardPatch);
        writer.Number(traffic.LastMade);
        writer.Number(traffic.Dropped);
        row.Bytes(writer.Finish());
    }

    public static DirectoryTraffic Read(ref RowReader row)
    {
        var reader = new RowReader(row.Raw(row.Number() - 1));
        var slots = new TrafficSlot[reader.Count()];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = new TrafficSlot
            {
                Start = reader.Number() * TrafficSlot.Length,
                Requests = reader.Number(),
                Failures = reader.Number(),
                Unauthenticated = reader.Number(),
                UsersMade = reader.Number(),
                GroupsMade = reader.Number(),
                MembersAdded = reader.Number(),
            };
        }

        var (since, interval) = (reader.Number(), reader.Number());
        var points = new ProgressPoint[reader.Count()];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new ProgressPoint { UsersMade = reader.Number(), GroupsMade = reader.Number(), MembersAdded = reader.Number() };
        }

        return new DirectoryTraffic
        {
            Slots = slots,
            Since = since,
            Interval = interval,
            Points = points,
            Requests = reader.Number(),
            LastRequest = reader.Number(),
            LastSuccess = reader.Number(),
            LastFailure = One(reader.Bytes()),
            LastTest = One(reader.Bytes()),
            KnownCredentialRefused = reader.Number(),
            UnknownCredentialRefused = reader.Number(),
            AddressUnknown = reader.Number(),
            CredentialId = reader.Id(),
            CredentialUsed = reader.Number(),
            UserAgent = reader.Text(),
            EntraSeen = reader.Number(),
            OktaSeen = reader.Number(),
            EntraDefaultPatch = reader.Number(),
            EntraFlaggedPatch = reader.Number(),
            StandardPatch = reader.Number(),
            LastMade = reader.Number(),
            Dropped = reader.Number(),
        };
    }

    private static LoggedRequest? One(byte[]? stored) => stored is null ? null : StoredRequests.All(stored, bodies: false)[0];
}
