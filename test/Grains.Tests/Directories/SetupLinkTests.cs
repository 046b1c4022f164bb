using Grains.Abstractions.Directories;
using Grains.Directories;

namespace Grains.Tests.Directories;

/// <summary>A directory's setup links: each makes one way in, once.</summary>
public sealed class SetupLinkTests
{
    private static readonly byte[] Link = Bytes(1);

    private static readonly ClientFederation Trust = new() { Issuer = "https://i", JwksUrl = "https://i/keys", Subject = "s", Audience = "a" };

    [Fact]
    public async Task UseSetup_Key_OpensTheDirectory_AndIsCalledAsTheLink()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster, label: "Contoso");

        var used = (await grain.UseSetup(Key(1))).ShouldNotBeNull();

        used.Error.ShouldBeNull();
        (used.Link.Way, used.Directory.Id, used.Expires).ShouldBe((SetupWay.Key, "d1", null));
        var key = (await Directory(cluster).Keys())!.ShouldHaveSingleItem();
        (key.Id, key.Name).ShouldBe((used.Link.Made, "Contoso"));
        (await Directory(cluster).Authorize(Bytes(1))).Directory.ShouldNotBeNull();
        (await grain.OpenSetup(Link)).ShouldBeNull();
        (await grain.UseSetup(Key(2))).ShouldBeNull();
    }

    [Fact]
    public async Task UseSetup_SecretAndFederation_MakeAClientEach()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        await grain.AddSetupLink(New(cluster, Bytes(2)));
        var clients = cluster[0].GetGrain<IDirectoryClientsGrain>("d1");
        var ends = cluster.Clock.GetUtcNow().AddYears(1);

        var bySecret = (await grain.UseSetup(Key(1, ends) with { Way = SetupWay.Client, Client = new CreateClient { Id = "c1", Name = "n" } })).ShouldNotBeNull();
        var byFederation = (await grain.UseSetup(
            Key(2) with { Hash = Bytes(2), Way = SetupWay.Federation, Client = new CreateClient { Id = "c2", Name = "n" }, Secret = null, Federation = Trust })).ShouldNotBeNull();

        (bySecret.Link.Made, bySecret.Expires).ShouldBe(("c1", ends));
        (byFederation.Link.Made, byFederation.Expires).ShouldBe(("c2", null));
        (await clients.GrantBySecret("c1", Bytes(1))).Credential.ShouldNotBeNull();
        (await clients.FederationOf("c2"))!.Issuer.ShouldBe("https://i");
        (await Directory(cluster).Keys())!.ShouldBeEmpty();
    }

    [Fact]
    public async Task UseSetup_TheSameFormAgain_IsAnsweredTheSameForTenMinutes_AfterARestartAndByATwinToo()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var grain = await WithLink(cluster);
        var first = (await grain.UseSetup(Key(1))).ShouldNotBeNull();

        (await cluster[1].GetGrain<IDirectorySetupGrain>("d1").UseSetup(Key(1)))!.Link.Made.ShouldBe(first.Link.Made);
        await cluster.Restart();
        grain = cluster[0].GetGrain<IDirectorySetupGrain>("d1");
        cluster.Clock.Advance(SetupLinkRules.RepeatedFor - TimeSpan.FromSeconds(1));
        (await grain.UseSetup(Key(1)))!.Link.Made.ShouldBe(first.Link.Made);
        (await grain.UseSetup(Key(1) with { Submission = Bytes(2) })).ShouldBeNull();
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        (await grain.UseSetup(Key(1))).ShouldBeNull();
        (await Directory(cluster).Keys())!.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task UseSetup_TheSameFormAgain_WhatWasMadeRevoked_DoesNotOpen()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        var used = (await grain.UseSetup(Key(1))).ShouldNotBeNull();

        (await Directory(cluster).RemoveKey(used.Link.Made!)).ShouldBeTrue();

        (await grain.UseSetup(Key(1))).ShouldBeNull();
        (await Directory(cluster).Keys())!.ShouldBeEmpty();
    }

    [Fact]
    public async Task UseSetup_AWayThatTheLinkDoesNotHave_DoesNotOpen()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        await grain.AddSetupLink(New(cluster, Bytes(2)) with { Ways = [SetupWay.Federation] });

        (await grain.UseSetup(Key(1) with { Hash = Bytes(2) })).ShouldBeNull();

        (await grain.OpenSetup(Bytes(2))).ShouldNotBeNull();
        (await Directory(cluster).Keys())!.ShouldBeEmpty();
    }

    [Fact]
    public async Task UseSetup_NoRoomForAClientMore_IsToldAndTheLinkStaysGood()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        var clients = cluster[0].GetGrain<IDirectoryClientsGrain>("d1");
        for (var i = 0; i < ClientRules.MaxClients; i++)
        {
            (await clients.AddClient(new CreateClient { Id = $"c{i}", Name = "n" })).Error.ShouldBeNull();
        }

        var request = Key(1) with { Way = SetupWay.Client, Client = new CreateClient { Id = "more", Name = "n" } };
        var refused = (await grain.UseSetup(request)).ShouldNotBeNull();

        (refused.Error!.Status, refused.Link.Used).ShouldBe((409, null));
        await clients.RemoveClient("c0");
        (await grain.UseSetup(request))!.Error.ShouldBeNull();
    }

    [Fact]
    public async Task OpenSetup_AnyNumberOfTimes_UsesNothingUp_AndSaysWhenItWasFirst()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        (await grain.SetupLinks())!.ShouldHaveSingleItem().Opened.ShouldBeNull();
        var first = cluster.Clock.GetUtcNow();

        for (var i = 0; i < 3; i++)
        {
            (await grain.OpenSetup(Link)).ShouldNotBeNull().Directory.Name.ShouldBe("n");
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await grain.SetupLinks())!.ShouldHaveSingleItem().Opened.ShouldBe(first);
        (await grain.UseSetup(Key(1))).ShouldNotBeNull();
    }

    [Fact]
    public async Task OpenAndUse_UnknownExpiredWithdrawnOrOfADirectoryThatGoes_AreTheSame()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        await grain.AddSetupLink(New(cluster, Bytes(2)));
        await grain.AddSetupLink(New(cluster, Bytes(3), days: 1));
        var links = (await grain.SetupLinks())!;
        (await grain.WithdrawSetupLink(links[1].Id)).Error.ShouldBeNull();
        (await grain.WithdrawSetupLink(links[1].Id)).Error.ShouldBeNull("it is done");
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        foreach (byte dead in new byte[] { 2, 3, 99 })
        {
            (await grain.OpenSetup(Bytes(dead))).ShouldBeNull();
            (await grain.UseSetup(Key(1) with { Hash = Bytes(dead) })).ShouldBeNull();
        }

        (await grain.OpenSetup(Link)).ShouldNotBeNull();
        await Directory(cluster).Remove();
        (await grain.OpenSetup(Link)).ShouldBeNull();
        (await grain.UseSetup(Key(1))).ShouldBeNull();
        (await grain.SetupLinks()).ShouldBeNull();
        (await grain.AddSetupLink(New(cluster, Bytes(4)))).Error!.Status.ShouldBe(404);
        (await grain.WithdrawSetupLink(links[0].Id)).Error!.Status.ShouldBe(404);
    }

    [Fact]
    public async Task OpenSetup_AStaleTwin_KnowsOfAWithdrawalAtOnce()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var grain = await WithLink(cluster);
        var twin = cluster[1].GetGrain<IDirectorySetupGrain>("d1");
        (await twin.OpenSetup(Link)).ShouldNotBeNull();

        await grain.WithdrawSetupLink((await grain.SetupLinks())!.Single().Id);

        (await twin.UseSetup(Key(1))).ShouldBeNull();
        (await twin.OpenSetup(Link)).ShouldBeNull();
    }

    [Fact]
    public async Task WithdrawSetupLink_UsedOrUnknown_IsTold()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        var used = (await grain.UseSetup(Key(1))).ShouldNotBeNull();

        (await grain.WithdrawSetupLink(used.Link.Id)).Error!.Status.ShouldBe(409);
        (await grain.WithdrawSetupLink("nobody")).Error!.Status.ShouldBe(404);
        (await Directory(cluster).Keys())!.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AddSetupLink_MoreThanThereMayBe_Is409_AndEndedOnesAreForgottenInTime()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = await WithLink(cluster);
        (await grain.AddSetupLink(New(cluster, Link))).Link!.Id.ShouldBe((await grain.SetupLinks())!.Single().Id, "asked again, it is the same");
        for (byte i = 2; i <= SetupLinkRules.MaxOpen; i++)
        {
            (await grain.AddSetupLink(New(cluster, Bytes(i)))).Error.ShouldBeNull();
        }

        (await grain.AddSetupLink(New(cluster, Bytes(100)))).Error!.Status.ShouldBe(409);
        cluster.Clock.Advance(TimeSpan.FromDays(8));
        for (byte i = 101; i < 101 + SetupLinkRules.MaxKept; i++)
        {
            var made = (await grain.AddSetupLink(New(cluster, Bytes(i)))).Link.ShouldNotBeNull();
            (await grain.WithdrawSetupLink(made.Id)).Error.ShouldBeNull();
        }

        var stored = (await cluster.Stored<DirectoryState>("directory", "d1"))!.SetupLinks;
        stored.Length.ShouldBe(SetupLinkRules.MaxKept);
        stored.Select(l => l.Hash[0]).ShouldBe(Enumerable.Range(101, SetupLinkRules.MaxKept).Select(i => (byte)i));
    }

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, 32)];

    private static IDirectoryGrain Directory(GrainCluster cluster) => cluster[0].GetGrain<IDirectoryGrain>("d1");

    private static CreateSetupLink New(GrainCluster cluster, byte[] hash, int days = 7, string? label = null) => new()
    {
        Hash = hash,
        Label = label,
        Expires = cluster.Clock.GetUtcNow().AddDays(days),
        Ways = [SetupWay.Key, SetupWay.Client, SetupWay.Federation],
    };

    private static UseSetupLink Key(byte form, DateTimeOffset? expires = null) => new()
    {
        Hash = Link,
        Submission = Bytes(form),
        Way = SetupWay.Key,
        Secret = new IssueKey { Name = "k", Hash = Bytes(form), LastFour = "abcd", Expires = expires },
    };

    private static async Task<IDirectorySetupGrain> WithLink(GrainCluster cluster, string? label = null)
    {
        (await Directory(cluster).Create(new CreateDirectory { Tenant = "t", Name = "n" })).ShouldNotBeNull();
        var grain = cluster[0].GetGrain<IDirectorySetupGrain>("d1");
        (await grain.AddSetupLink(New(cluster, Link, label: label))).Error.ShouldBeNull();
        return grain;
    }
}
