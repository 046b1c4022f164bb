using Grains.Abstractions.Requests;
using Grains.Storage;

namespace Grains.Requests;

/// <summary>The form in which a log's requests are stored: one behind the other, each behind its length, so that those of a later version with more to it can be read.</summary>
internal static class StoredRequests
{
    /// <summary>The stored form of a request.</summary>
    public static byte[] Bytes(LoggedRequest request)
    {
        var writer = new RowWriter();
        var scratch = new RowWriter();
        Append(ref writer, request, request.Sequence, ref scratch);
        scratch.Dispose();
        return writer.Finish();
    }

    /// <summary>Writes a request behind others.</summary>
    /// <param name="writer">Has the others.</param>
    /// <param name="request">The request.</param>
    /// <param name="sequence">The number that it has in the log.</param>
    /// <param name="scratch">Is written over.</param>
    public static void Append(ref RowWriter writer, LoggedRequest request, long sequence, ref RowWriter scratch)
    {
        scratch.Clear();
        Write(ref scratch, request, sequence);
        writer.Number(scratch.Length);
        writer.Raw(scratch.Written);
    }

    /// <summary>All requests, oldest first.</summary>
    /// <param name="stored">The stored form of several.</param>
    /// <param name="bodies">Whether with their bodies.</param>
    public static List<LoggedRequest> All(ReadOnlySpan<byte> stored, bool bodies)
    {
        var requests = new List<LoggedRequest>();
        var reader = new RowReader(stored);
        while (!reader.IsAtEnd)
        {
            var inner = new RowReader(reader.Raw(reader.Number()));
            requests.Add(Read(ref inner, bodies));
        }

        return requests;
    }

    /// <summary>The requests that are asked for, newest first, without bodies.</summary>
    public static List<LoggedRequest> Find(ReadOnlySpan<byte> stored, RequestQuery query)
    {
        var all = All(stored, bodies: false);
        var found = new List<LoggedRequest>();
        for (var i = all.Count - 1; i >= 0 && found.Count < query.Count; i--)
        {
            if (query.Matches(all[i]))
            {
                found.Add(all[i]);
            }
        }

        return found;
    }

    /// <summary>A request by its number, with its bodies.</summary>
    public static LoggedRequest? Find(ReadOnlySpan<byte> stored, long sequence) => All(stored, bodies: true).Find(r => r.Sequence == sequence);

    /// <summary>Writes a request without its length.</summary>
    public static void Write(ref RowWriter writer, LoggedRequest request, long sequence)
    {
        writer.Number(sequence);
        writer.Number(request.At);
        writer.Number((int)request.Outcome);
        writer.Number(request.Status);
        writer.Text(request.Method);
        writer.Text(request.Path);
        writer.Text(request.Query);
        writer.Text(request.ResourceType);
        writer.Id(request.ResourceId);
        writer.Text(request.ScimType);
        writer.Text(request.Detail);
        writer.Number(request.DurationMicroseconds);
        writer.Text(request.Address);
        writer.Text(request.UserAgent);
        writer.Text(request.CorrelationId);
        writer.Id(request.CredentialId);
        writer.Text(request.CredentialLastFour);
        writer.Number((request.RequestBytes ?? -1) + 1);
        writer.Number((request.ResponseBytes ?? -1) + 1);
        writer.Bytes(request.RequestBody);
        writer.Number(request.RequestBodyCut ? 1 : 0);
        writer.Bytes(request.ResponseBody);
        writer.Number(request.ResponseBodyCut ? 1 : 0);
        writer.Number(request.Dropped);
        writer.Number(request.DroppedFailures);
        writer.Number((int)request.Client);
        writer.Number((int)request.PatchStyle);
        writer.Number(request.IsTest ? 1 : 0);
        writer.Number(request.IsAddressUnknown ? 1 : 0);
        writer.Number(request.UsersMade);
        writer.Number(request.GroupsMade);
        writer.Number(request.MembersAdded);
    }

    /// <summary>Reads a request without its length. What stands behind it is of a later version.</summary>
    public static LoggedRequest Read(ref RowReader reader, bool bodies) => new()
    {
        Sequence = reader.Number(),
        At = reader.Number(),
        Outcome = (RequestOutcome)reader.Number(),
        Status = (int)reader.Number(),
        Method = reader.Text(),
        Path = reader.Text(),
        Query = reader.Text(),
        ResourceType = reader.Text(),
        ResourceId = reader.Id(),
        ScimType = reader.Text(),
        Detail = reader.Text(),
        DurationMicroseconds = reader.Number(),
        Address = reader.Text(),
        UserAgent = reader.Text(),
        CorrelationId = reader.Text(),
        CredentialId = reader.Id(),
        CredentialLastFour = reader.Text(),
        RequestBytes = Optional(reader.Number()),
        ResponseBytes = Optional(reader.Number()),
        RequestBody = Body(ref reader, bodies),
        RequestBodyCut = reader.Number() != 0,
        ResponseBody = Body(ref reader, bodies),
        ResponseBodyCut = reader.Number() != 0,
        Dropped = reader.Number(),
        DroppedFailures = reader.Number(),
        Client = (IdentityClient)reader.Number(),
        PatchStyle = (PatchStyle)reader.Number(),
        IsTest = reader.Number() != 0,
        IsAddressUnknown = reader.Number() != 0,
        UsersMade = (int)reader.Number(),
        GroupsMade = (int)reader.Number(),
        MembersAdded = (int)reader.Number(),
    };

    private static long? Optional(long number) => number == 0 ? null : number - 1;

    private static byte[]? Body(ref RowReader reader, bool kept)
    {
        if (kept)
        {
            return reader.Bytes();
        }

        reader.SkipBytes();
        return null;
    }
}
