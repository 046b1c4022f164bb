using Grains.Directories;

namespace Grains.Tests.Directories;

public sealed class RateMeterTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Take_Burst_IsATenthOfTheRateAndThenWaitsLongerEachTime()
    {
        var meter = new RateMeter(100, clock);

        Enumerable.Range(0, 10).ShouldAllBe(_ => meter.Take() == TimeSpan.Zero);
        meter.Take()!.Value.TotalMilliseconds.ShouldBe(10, 0.01);
        meter.Take()!.Value.TotalMilliseconds.ShouldBe(20, 0.01);
    }

    [Fact]
    public void Take_WhatWouldWaitTooLong_IsRefusedAndTakesNothing()
    {
        var meter = new RateMeter(100, clock);
        var taken = 0;
        while (meter.Take() is not null)
        {
            taken++;
        }

        taken.ShouldBe(60);
        Enumerable.Range(0, 100).ShouldAllBe(_ => meter.Take() == null);
        clock.Advance(TimeSpan.FromMilliseconds(10));
        meter.Take()!.Value.TotalMilliseconds.ShouldBe(500, 0.01);
        meter.Take().ShouldBeNull();
    }

    [Fact]
    public void Take_AtTheRate_NeverWaits()
    {
        var meter = new RateMeter(100, clock);

        for (var i = 0; i < 1000; i++)
        {
            meter.Take().ShouldBe(TimeSpan.Zero);
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    [Fact]
    public void Take_AfterALongRest_HoldsNoMoreThanTheBurst()
    {
        var meter = new RateMeter(100, clock);
        clock.Advance(TimeSpan.FromHours(1));

        Enumerable.Range(0, 10).ShouldAllBe(_ => meter.Take() == TimeSpan.Zero);
        meter.Take()!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Take_NoLimit_NeverWaits()
    {
        var meter = new RateMeter(0, clock);

        Enumerable.Range(0, 10_000).ShouldAllBe(_ => meter.Take() == TimeSpan.Zero);
    }
}
