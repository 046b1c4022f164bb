using Api.Scim;

namespace Api.Tests.Hosting;

/// <summary>A directory takes so many requests a second: more wait their turn, and too many are refused.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Requests_OverTheRate_WaitTheirTurn()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(args: ["--Limits:RequestsPerSecond", "10"], time: time);
        var busy = await server.MakeDirectory();
        var calm = await server.MakeDirectory();
        (await busy.Scim.Get("/Users?count=0")).ShouldBe(200);

        var waits = time.Waiting(TimeSpan.FromMilliseconds(100));
        var late = busy.Scim.Post("/Users", Bodies.User("one.too.many"));
        await waits;
        (await calm.Scim.Get("/Users?count=0")).ShouldBe(200);
        late.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(100));

        (await late).ShouldBe(201);
    }

    [Fact]
    public async Task Requests_ThatWouldWaitTooLong_AreHeldAndThen429()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(args: ["--Limits:RequestsPerSecond", "10"], time: time);
        var busy = await server.MakeDirectory();
        var calm = await server.MakeDirectory();
        (await busy.Scim.Get("/Users?count=0")).ShouldBe(200);
        var waiting = new List<Task<Answer>>();
        for (var i = 1; i <= 4; i++)
        {
            var waits = time.Waiting(TimeSpan.FromMilliseconds(100 * i));
            waiting.Add(busy.Scim.Get("/Users?count=0"));
            await waits;
        }

        var last = time.Waiting(TimeSpan.FromMilliseconds(500));
        waiting.Add(busy.Scim.Get("/Users?count=0"));
        await last;
        var held = time.Waiting(HeldRefusals.HoldTime);
        var refusal = busy.Scim.Post("/Users", Bodies.User("too.many"));
        await held;
        (await calm.Scim.Get("/Users?count=0")).ShouldBe(200);
        refusal.IsCompleted.ShouldBeFalse();
        time.Advance(HeldRefusals.HoldTime);

        (await refusal).ShouldBeError(429).Header("Retry-After").ShouldBe("1");
        foreach (var one in waiting)
        {
            (await one).ShouldBe(200);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        (await busy.Scim.Find("/Users", "userName eq \"too.many\"")).ShouldBe(200).TotalResults.ShouldBe(0);
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
