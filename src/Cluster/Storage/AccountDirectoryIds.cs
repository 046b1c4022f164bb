using Grains.Tenants;

namespace Cluster.Storage;

/// <summary>Spreads new directories over the storage accounts: an id carries the name of the account that it drew.</summary>
/// <param name="accounts">The names of all accounts; that of the default one is empty.</param>
internal sealed class AccountDirectoryIds(IReadOnlyList<string> accounts) : DirectoryIds
{
    /// <inheritdoc />
    public override string New() => AccountNames.With(base.New(), accounts[Random.Shared.Next(accounts.Count)]);
}
