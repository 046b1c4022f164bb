using Api.Scim;

namespace Api.Tests.Hosting;

/// <summary>A directory takes so many requests a second, and twice as many in a burst.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Requests_OverTheRate_AreHeldAndThen429UntilTheTimeThatRetryAfterTells()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(args: ["--Limits:RequestsPerSecond", "5"], time: time);
        var busy = await server.MakeDirectory();
        var calm = await server.MakeDirectory();

        for (var i = 0; i < 10; i++)
        {
            (await busy.Scim.Get("/Users?count=0")).ShouldBe(200);
        }

        var held = time.Waiting(HeldRefusals.HoldTime);
        var refusal = busy.Scim.Post("/Users", Bodies.User("too.many"));
        await held;
        (await calm.Scim.Get("/Users?count=0")).ShouldBe(200);
        refusal.IsCompleted.ShouldBeFalse();
        time.Advance(HeldRefusals.HoldTime);
        var refused = await refusal;

        refused.ShouldBeError(429).Header("Retry-After").ShouldBe("1");
        time.Advance(TimeSpan.FromSeconds(0.5));
        for (var i = 0; i < 5; i++)
        {
            (await busy.Scim.Find("/Users", "userName eq \"too.many\"")).ShouldBe(200).TotalResults.ShouldBe(0);
        }

        held = time.Waiting(HeldRefusals.HoldTime);
        refusal = busy.Scim.Get("/Users?count=0");
        await held;
        time.Advance(HeldRefusals.HoldTime);
        (await refusal).ShouldBeError(429);
    }

    [Fact]
    public async Task Requests_WithTokensThatDoNotOpen_TakeNothingFromTheDirectory()
    {
        await using var server = await TestServer.Start(args: ["--Limits:RequestsPerSecond", "5"], time: new ManualTimeProvider());
        var directory = await server.MakeDirectory();
        var stranger = server.Client($"/directories/{directory.Id}/scim/v2", directory.Token[..^1] + "~");

        for (var i = 0; i < 50; i++)
        {
            (await stranger.Get("/Users")).ShouldBeError(401);
        }

        (await directory.Scim.Get("/Users")).ShouldBe(200);
    }
}
