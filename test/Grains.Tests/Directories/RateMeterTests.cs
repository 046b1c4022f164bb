using Grains.Directories;

namespace Grains.Tests.Directories;

public sealed class RateMeterTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Take_Burst_IsTwiceTheRateAndThenWaits()
    {
        var meter = new RateMeter(10, clock);

        Enumerable.Range(0, 20).ShouldAllBe(_ => meter.Take() == 0);
        meter.Take().ShouldBe(1);
    }

    [Fact]
    public void Take_AfterASecond_GivesTheRateAgain()
    {
        var meter = new RateMeter(10, clock);
        while (meter.Take() == 0)
        {
            // Until it is used up.
        }

        clock.Advance(TimeSpan.FromSeconds(1));

        Enumerable.Range(0, 10).ShouldAllBe(_ => meter.Take() == 0);
        meter.Take().ShouldBe(1);
    }

    [Fact]
    public void Take_AfterALongRest_HoldsNoMoreThanTheBurst()
    {
        var meter = new RateMeter(10, clock);
        clock.Advance(TimeSpan.FromHours(1));

        Enumerable.Range(0, 20).ShouldAllBe(_ => meter.Take() == 0);
        meter.Take().ShouldBe(1);
    }

    [Fact]
    public void Take_NoLimit_NeverWaits()
    {
        var meter = new RateMeter(0, clock);

        Enumerable.Range(0, 10_000).ShouldAllBe(_ => meter.Take() == 0);
    }
}
