using Grains.Abstractions.Requests;
using Grains.Storage;

namespace Grains.Requests;

/// <summary>A segment of a request log: written once, then only read.</summary>
[GrainType("requestsegment")]
internal sealed class RequestSegmentGrain : Grain, IRequestSegmentGrain
{
    private readonly Row<RequestSegmentState> row;

    public RequestSegmentGrain([PersistentState("requestsegment", StorageNames.Provider)] IPersistentState<RequestSegmentState> storage) =>
        row = new Row<RequestSegmentState>(storage, this);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        return Task.CompletedTask;
    }

    public async Task<bool> Install(byte[] requests)
    {
        await row.Change(_ => row.Exists ? null : new RequestSegmentState { Requests = requests });

        // Few read it soon.
        DeactivateOnIdle();
        return row.Current.Requests.AsSpan().SequenceEqual(requests);
    }

    public ValueTask<LoggedRequest[]> Find(RequestQuery query) => new([.. StoredRequests.Find(row.Serving.Requests, query)]);

    public ValueTask<LoggedRequest?> Read(long sequence) => new(StoredRequests.Find(row.Serving.Requests, sequence));

    public async Task<bool> Clear()
    {
        var outcome = row.Poisoned ? WriteOutcome.Unknown : await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }
}
