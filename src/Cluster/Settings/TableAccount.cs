namespace Cluster.Settings;

/// <summary>How an Azure Storage account's tables are reached: by a connection string, or by its address and a managed identity.</summary>
public sealed record TableAccount
{
    /// <summary>The connection string of Azurite on this machine.</summary>
    public const string Development = "UseDevelopmentStorage=true";

    /// <summary><c>ConnectionString</c>: of the account, with its key; of Azurite.</summary>
    public string? ConnectionString { get; init; }

    /// <summary><c>ServiceUri</c>: <c>https://&lt;account&gt;.table.core.windows.net</c>; who asks is told by the managed identity of the machine.</summary>
    public string? ServiceUri { get; init; }

    /// <summary><c>ClientId</c>: of a user-assigned managed identity; null for the machine's own, or a developer's sign-in.</summary>
    public string? ClientId { get; init; }
}
