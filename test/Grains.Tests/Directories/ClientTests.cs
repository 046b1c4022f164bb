using Grains.Abstractions.Directories;
using Grains.Directories;

namespace Grains.Tests.Directories;

/// <summary>OAuth 2.0 clients of a directory, as its grain keeps them.</summary>
public sealed class ClientTests
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly byte[] Other = [.. Enumerable.Repeat((byte)8, 32)];
    private static readonly ClientFederation Trust = new() { Issuer = "https://i", JwksUrl = "https://i/keys", Subject = "s", Audience = "a" };

    [Fact]
    public async Task GrantBySecret_EachOfTwoSecrets_GivesATokenForAnHour()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithClient(cluster);
        await grain.AddSecret("c", Key(Other));

        var one = (await grain.GrantBySecret("c", Secret)).Credential!;
        var two = (await grain.GrantBySecret("c", Other)).Credential!;

        one.Expires.ShouldBe(cluster.Clock.GetUtcNow().AddHours(1));
        one.Source.ShouldNotBe(two.Source);
        (await grain.AuthorizeAccess(one)).Directory!.Id.ShouldBe("d1");
        (await grain.AuthorizeAccess(two)).Directory.ShouldNotBeNull();
        (await grain.GrantBySecret("c", new byte[32])).Credential.ShouldBeNull();
        (await grain.GrantBySecret("x", Secret)).Credential.ShouldBeNull();
    }

    [Fact]
    public async Task GrantBySecret_NearTheSecretsEnd_GivesATokenThatEndsWithIt()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithClient(cluster, cluster.Clock.GetUtcNow().AddMinutes(10));

        var granted = (await grain.GrantBySecret("c", Secret)).Credential!;

        granted.Expires.ShouldBe(cluster.Clock.GetUtcNow().AddMinutes(10));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        (await grain.AuthorizeAccess(granted)).Directory.ShouldBeNull();
        (await grain.GrantBySecret("c", Secret)).Credential.ShouldBeNull();
    }

    [Fact]
    public async Task AuthorizeAccess_SecretRemoved_EndsItsTokensAndNoOthers()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithClient(cluster);
        await grain.AddSecret("c", Key(Other));
        var one = (await grain.GrantBySecret("c", Secret)).Credential!;
        var two = (await grain.GrantBySecret("c", Other)).Credential!;

        (await grain.RemoveSecret("c", one.Source)).ShouldBeTrue();

        (await grain.AuthorizeAccess(one)).Directory.ShouldBeNull();
        (await grain.AuthorizeAccess(two)).Directory.ShouldNotBeNull();
        (await grain.RemoveClient("c")).ShouldBeTrue();
        (await grain.AuthorizeAccess(two)).Directory.ShouldBeNull();
        (await grain.RemoveClient("c")).ShouldBeFalse();
    }

    [Fact]
    public async Task AuthorizeAccess_AStaleTwin_HonoursARevocationWithinFiveSeconds()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var grain = await WithClient(cluster);
        var granted = (await grain.GrantBySecret("c", Secret)).Credential!;
        var twin = cluster[1].GetGrain<IDirectoryClientsGrain>("d1");
        (await twin.AuthorizeAccess(granted)).Directory.ShouldNotBeNull();

        await grain.RemoveClient("c");
        cluster.Clock.Advance(DirectoryGrain.MaxAge + TimeSpan.FromTicks(1));

        (await twin.AuthorizeAccess(granted)).Directory.ShouldBeNull();
        (await twin.GrantBySecret("c", Secret)).Credential.ShouldBeNull();
    }

    [Fact]
    public async Task GrantByAssertion_Twice_IsRefusedForItsLife_AfterARestartAndByATwinToo()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var grain = await WithClient(cluster);
        var twin = cluster[1].GetGrain<IDirectoryClientsGrain>("d1");
        await grain.PutFederation("c", Trust);
        var federation = (await twin.FederationOf("c"))!;
        var seen = new SeenAssertion { Federation = federation.Id, Mark = new byte[16], Until = cluster.Clock.GetUtcNow().AddMinutes(5) };

        var granted = (await grain.GrantByAssertion("c", seen)).Credential!;

        (await grain.GrantByAssertion("c", seen)).Credential.ShouldBeNull();
        (await twin.GrantByAssertion("c", seen)).Credential.ShouldBeNull();
        await cluster.Restart();
        grain = cluster[0].GetGrain<IDirectoryClientsGrain>("d1");
        (await grain.GrantByAssertion("c", seen)).Credential.ShouldBeNull();
        (await grain.AuthorizeAccess(granted)).Directory.ShouldNotBeNull();
        (await grain.RemoveFederation("c")).ShouldBeTrue();
        (await grain.AuthorizeAccess(granted)).Directory.ShouldBeNull();
    }

    [Fact]
    public async Task GrantByAssertion_MoreThanAreRemembered_IsToBeTriedAgainWhenSomeHaveEnded()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithClient(cluster);
        await grain.PutFederation("c", Trust);
        var federation = (await grain.FederationOf("c"))!.Id;
        for (var i = 0; i < ClientRules.MaxAssertions; i++)
        {
            (await grain.GrantByAssertion("c", Seen(i))).Credential.ShouldNotBeNull();
        }

        (await grain.GrantByAssertion("c", Seen(-1))).Crowded.ShouldBeTrue();
        (await grain.GrantByAssertion("c", Seen(3))).Crowded.ShouldBeFalse("it was taken");
        cluster.Clock.Advance(TimeSpan.FromMinutes(6));
        (await grain.GrantByAssertion("c", Seen(-1))).Credential.ShouldNotBeNull();
        (await cluster.Stored<DirectoryState>("directory", "d1"))!.Assertions.ShouldHaveSingleItem();

        SeenAssertion Seen(int number) => new()
        {
            Federation = federation,
            Mark = [.. new byte[12], .. BitConverter.GetBytes(number)],
            Until = cluster.Clock.GetUtcNow().AddMinutes(5),
        };
    }

    [Fact]
    public async Task PutFederation_TheSameAgain_KeepsItsTokens_AndAChangedOneEndsThem()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithClient(cluster);
        await grain.PutFederation("c", Trust);
        var federation = (await grain.FederationOf("c"))!;
        var seen = new SeenAssertion { Federation = federation.Id, Mark = new byte[16], Until = cluster.Clock.GetUtcNow().AddMinutes(5) };
        var granted = (await grain.GrantByAssertion("c", seen)).Credential!;

        (await grain.PutFederation("c", Trust)).Client!.Federation!.Id.ShouldBe(federation.Id);
        (await grain.AuthorizeAccess(granted)).Directory.ShouldNotBeNull();
        (await grain.PutFederation("c", Trust with { Subject = "other" })).Client!.Federation!.Id.ShouldNotBe(federation.Id);

        (await grain.AuthorizeAccess(granted)).Directory.ShouldBeNull();
        (await grain.GrantByAssertion("c", seen with { Mark = [1] })).Credential.ShouldBeNull("it was judged by what no longer stands");
    }

    [Fact]
    public async Task ClientsAndSecrets_MoreThanThereMayBe_Are409()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithClient(cluster);
        for (var i = 1; i < ClientRules.MaxClients; i++)
        {
            (await grain.AddClient(new CreateClient { Id = $"c{i}", Name = "n" })).Error.ShouldBeNull();
        }

        for (byte i = 1; i < ClientRules.MaxSecrets; i++)
        {
            (await grain.AddSecret("c", Key([.. new byte[31], i]))).Error.ShouldBeNull();
        }

        (await grain.AddClient(new CreateClient { Id = "more", Name = "n" })).Error!.Status.ShouldBe(409);
        (await grain.AddSecret("c", Key(Other))).Error!.Status.ShouldBe(409);
        (await grain.AddSecret("c", Key(Secret))).Error.ShouldBeNull("it is there");
        (await grain.AddSecret("nobody", Key(Secret))).Error!.Status.ShouldBe(404);
        (await cluster[0].GetGrain<IDirectoryClientsGrain>("nowhere").AddClient(new CreateClient { Id = "c", Name = "n" })).Error!.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Remove_Directory_EndsClientsAtOnce()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithClient(cluster);
        var granted = (await grain.GrantBySecret("c", Secret)).Credential!;

        await cluster[0].GetGrain<IDirectoryGrain>("d1").Remove();

        (await grain.AuthorizeAccess(granted)).Directory.ShouldBeNull();
        (await grain.GrantBySecret("c", Secret)).Credential.ShouldBeNull();
        (await grain.Clients()).ShouldBeNull();
    }

    private static IssueKey Key(byte[] hash, DateTimeOffset? expires = null) => new() { Name = "", Hash = hash, LastFour = "abcd", Expires = expires };

    private static async Task<IDirectoryClientsGrain> WithClient(GrainCluster cluster, DateTimeOffset? expires = null)
    {
        (await cluster[0].GetGrain<IDirectoryGrain>("d1").Create(new CreateDirectory { Tenant = "t", Name = "n" })).ShouldNotBeNull();
        var grain = cluster[0].GetGrain<IDirectoryClientsGrain>("d1");
        (await grain.AddClient(new CreateClient { Id = "c", Name = "n" })).Error.ShouldBeNull();
        (await grain.AddSecret("c", Key(Secret, expires))).Error.ShouldBeNull();
        return grain;
    }
}
