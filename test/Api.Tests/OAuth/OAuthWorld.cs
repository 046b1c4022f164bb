namespace Api.Tests.OAuth;

/// <summary>A server on a clock of its own, that may fetch keys from this machine.</summary>
public sealed class OAuthWorld : IAsyncLifetime
{
    internal ManualTimeProvider Time { get; } = new();

    internal TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Server = await TestServer.Start(args: ["--OAuth:PrivateNetworks", "true", "--Limits:TokenRequestsPerMinute", "0"], time: Time);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
