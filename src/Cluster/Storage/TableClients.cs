using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Cluster.Settings;

namespace Cluster.Storage;

/// <summary>Clients of table storage.</summary>
internal static class TableClients
{
    /// <summary>A client of an account.</summary>
    /// <param name="account">The account.</param>
    public static TableServiceClient Client(this TableAccount account)
    {
        var options = Options();
        return account.ServiceUri is { } uri
            ? new TableServiceClient(new Uri(uri), Credential(account.ClientId), options)
            : new TableServiceClient(account.ConnectionString!, options);
    }

    // The chain ends with a developer's own sign-in, so that the same settings serve on a desk.
    private static DefaultAzureCredential Credential(string? clientId) => new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId });

    /// <summary>
    /// An operation ends within 4.4 s, well below the time-out of a grain call. A write that was sent again answers 412 where the first was
    /// applied: the grain reads the row again, and knows its own write by its id.
    /// </summary>
    private static TableClientOptions Options() => new()
    {
        Retry =
        {
            NetworkTimeout = TimeSpan.FromSeconds(2),
            MaxRetries = 1,
            Mode = RetryMode.Fixed,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromMilliseconds(400),
        },
    };
}
