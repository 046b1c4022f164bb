using Grains.Abstractions.Queries;
using Grains.Storage;

namespace Grains.Queries;

/// <summary>Keeps what the directory's log knows of walks. It is written when a resource comes or goes while one is under way, and not with each page.</summary>
[GrainType("listwalks")]
internal sealed class ListWalksGrain : Grain, IListWalksGrain
{
    private readonly Row<ListWalksState> row;

    public ListWalksGrain([PersistentState("listwalks", StorageNames.Provider)] IPersistentState<ListWalksState> storage) =>
        row = new Row<ListWalksState>(storage, DeactivateOnIdle);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        return Task.CompletedTask;
    }

    public Task Keep(WalkPlace[] places) => row.Change(current => current with { Places = places });

    public ValueTask<WalkPlace[]> Read() => new(row.Serving.Places);

    public async Task<bool> Clear()
    {
        var outcome = row.Poisoned ? WriteOutcome.Unknown : await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }
}
