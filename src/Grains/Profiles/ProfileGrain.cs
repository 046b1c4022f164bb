using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Profiles;
using Grains.Storage;

namespace Grains.Profiles;

/// <summary>A profile of the vendor's own.</summary>
[GrainType("profile")]
internal sealed class ProfileGrain : Grain, IProfileGrain
{
    private readonly Row<ProfileState> row;

    public ProfileGrain([PersistentState("profile", StorageNames.Provider)] IPersistentState<ProfileState> storage) =>
        row = new Row<ProfileState>(storage, this);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        return Task.CompletedTask;
    }

    public async Task<bool> Put(string definition)
    {
        // Listed first: what a crash in between leaves is a name in a list, and lists show only what is there.
        await GrainFactory.GetGrain<IPlatformGrain>(GrainKeys.Platform).ListProfile(this.GetPrimaryKeyString());
        var isNew = false;
        await row.Change(current =>
        {
            isNew = current.Definition is null;
            return current.Definition == definition ? null : current with { Definition = definition };
        });
        return isNew;
    }

    public ValueTask<string?> Get() => row.Poisoned ? throw new StorageUnavailableException() : new(row.Current.Definition);

    public async Task<bool> Remove() =>
        await row.Change(current => current.Definition is null ? null : current with { Definition = null }) == WriteOutcome.Written;

    public async Task<bool> Replace(string? expected, string? definition)
    {
        if (definition is not null)
        {
            await GrainFactory.GetGrain<IPlatformGrain>(GrainKeys.Platform).ListProfile(this.GetPrimaryKeyString());
        }

        var stands = false;
        await row.Change(current =>
        {
            stands = current.Definition == expected;
            return stands && current.Definition != definition ? current with { Definition = definition } : null;
        });
        return stands;
    }
}
