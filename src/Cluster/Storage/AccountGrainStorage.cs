namespace Cluster.Storage;

/// <summary>Rows of several accounts: a directory's are all in the one that its id names, and the rest in the default one.</summary>
/// <param name="accounts">The storage of each account; the default one's name is empty.</param>
internal sealed class AccountGrainStorage(IReadOnlyDictionary<string, IGrainStorage> accounts) : IGrainStorage
{
    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Of(grainId).ReadStateAsync(stateName, grainId, grainState);

    /// <inheritdoc />
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Of(grainId).WriteStateAsync(stateName, grainId, grainState);

    /// <inheritdoc />
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Of(grainId).ClearStateAsync(stateName, grainId, grainState);

    private IGrainStorage Of(GrainId grainId)
    {
        var name = AccountNames.Of(grainId.Key.ToString()).ToString();
        return accounts.TryGetValue(name, out var storage)
            ? storage
            : throw new InvalidOperationException($"{grainId} is kept in the storage account '{name}', and there is no setting Storage:Accounts:{name}.");
    }
}
