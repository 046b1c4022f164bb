namespace Api.Tests.Setup;

/// <summary>A server on a clock of its own, that lets many forms come from one address.</summary>
public sealed class SetupWorld : IAsyncLifetime
{
    internal ManualTimeProvider Time { get; } = new();

    internal TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TestServer.Start(
        args: ["--OAuth:PrivateNetworks", "true", "--Limits:SetupRequestsPerMinute", "0", "--Limits:TokenRequestsPerMinute", "0", "--Api:Domain", "muster.test"],
        time: Time);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
