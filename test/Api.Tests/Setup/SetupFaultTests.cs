using Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Setup;

/// <summary>Setup links when something fails, when many try, and through two fronts.</summary>
public sealed class SetupFaultTests
{
    [Theory]
    [InlineData(nameof(StorageFault.Away))]
    [InlineData(nameof(StorageFault.WritesRefused))]
    [InlineData(nameof(StorageFault.AnswersLost))]
    public async Task Use_WhenStorageFails_IsSentAgainAndMakesOneKey(string fault)
    {
        var faults = new FaultSwitch();
        await using var server = await TestServer.Start(configure: b => EngineUnderTest.DecorateStorage(b, inner => new FaultyStorage(inner, faults)));
        var link = await TestSetupLink.Make(server, (await server.MakeDirectory()).Id);
        var mark = TestSetupLink.MarkOf(await link.Open(), "key");

        faults.Fault = Enum.Parse<StorageFault>(fault);
        var first = await link.Send("key", mark);
        faults.Fault = StorageFault.None;
        var second = (await link.Send("key", mark)).ShouldBePage(200);

        if (first.Status != 200)
        {
            first.ShouldBePage(503).Header("Retry-After").ShouldBe("1");
            first.Text.ShouldContain("reload this page");
        }

        // The one that the directory was made with, and this.
        (await server.Admin.Get($"/directories/{link.Directory}/keys")).Json["items"]!.AsArray().Count.ShouldBe(2);
        (await server.Client("/scim/v2", TestSetupLink.ValueOf(second, "secret-token")).Get("/Users?count=0")).ShouldBe(200);
        (await link.Open()).ShouldBeGone();
    }

    [Fact]
    public async Task Use_OfOneForm_ThroughTwoFronts_ShowsTheSame()
    {
        await using var one = await TestServer.Start();
        var grains = one.Services.GetRequiredService<IGrainFactory>();
        await using var two = await TestServer.Start(configure: b => b.Services.AddSingleton(grains), adminKey: one.AdminKey);
        var link = await TestSetupLink.Make(one, (await one.MakeDirectory()).Id);
        var mark = TestSetupLink.MarkOf(await link.Open(), "key");

        var first = (await link.Send("key", mark)).ShouldBePage(200);
        var again = (await (link with { Server = two }).Send("key", mark)).ShouldBePage(200);

        TestSetupLink.ValueOf(again, "secret-token").ShouldBe(TestSetupLink.ValueOf(first, "secret-token"));
        (await (link with { Server = two }).Open()).ShouldBeGone();
    }

    [Fact]
    public async Task Take_MoreThanTheLimit_Is429WithRetryAfter_AndTheLinkStaysGood()
    {
        await using var server = await TestServer.Start(args: ["--Limits:SetupRequestsPerMinute", "3"]);
        var link = await TestSetupLink.Make(server, (await server.MakeDirectory()).Id);

        for (var i = 0; i < 3; i++)
        {
            (await link.Open("invented")).ShouldBeGone();
        }

        var refused = (await link.Open()).ShouldBePage(429);
        int.Parse(refused.Header("Retry-After")!, null).ShouldBeInRange(1, 60);
        (await server.Client("/setup", token: null).Get("")).ShouldBePage(200);
        (await link.Listed())["state"]!.GetValue<string>().ShouldBe("open");
    }
}
