using Grains.Queries;
using Microsoft.Extensions.Options;

namespace Grains.Tests.Queries;

/// <summary>Who may look through the resources of a directory, and who waits.</summary>
public sealed class ScanSlotsTests
{
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Enter_MoreThanADirectoryMay_WaitInTheirOrder()
    {
        using var slots = Slots(new QueryOptions { MaxScansOfDirectory = 2, MaxWaitingOfDirectory = 2 });
        var first = (await slots.Enter("d", CancellationToken.None)).ShouldNotBeNull();
        var second = (await slots.Enter("d", CancellationToken.None)).ShouldNotBeNull();
        var third = slots.Enter("d", CancellationToken.None);
        var fourth = slots.Enter("d", CancellationToken.None);

        (await slots.Enter("d", CancellationToken.None)).ShouldBeNull();
        (await slots.Enter("neighbour", CancellationToken.None)).ShouldNotBeNull();
        (third.IsCompleted, fourth.IsCompleted).ShouldBe((false, false));
        first.Dispose();
        first.Dispose();
        (await third).ShouldNotBeNull();
        fourth.IsCompleted.ShouldBeFalse();
        second.Dispose();
        (await fourth).ShouldNotBeNull();
    }

    [Fact]
    public async Task Enter_WaitsTooLong_IsRefusedAndTakesNoPlace()
    {
        using var slots = Slots(new QueryOptions { MaxScansOfDirectory = 1, MaxWaitingOfDirectory = 1 });
        var first = (await slots.Enter("d", CancellationToken.None)).ShouldNotBeNull();
        var late = slots.Enter("d", CancellationToken.None);

        clock.Advance(QueryOptions.DefaultMaxWait);

        (await late).ShouldBeNull();
        var next = slots.Enter("d", CancellationToken.None);
        first.Dispose();
        (await next).ShouldNotBeNull();
    }

    [Fact]
    public async Task Enter_ClientGoes_LeavesTheLine()
    {
        using var slots = Slots(new QueryOptions { MaxScansOfDirectory = 1, MaxWaitingOfDirectory = 1 });
        using var gone = new CancellationTokenSource();
        var first = (await slots.Enter("d", CancellationToken.None)).ShouldNotBeNull();
        var waiting = slots.Enter("d", gone.Token);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        var next = slots.Enter("d", CancellationToken.None);
        first.Dispose();
        (await next).ShouldNotBeNull();
    }

    [Fact]
    public async Task Enter_MoreThanTheProcessMay_WaitWhateverTheirDirectory()
    {
        using var slots = Slots(new QueryOptions { MaxScans = 1 });
        var first = (await slots.Enter("d1", CancellationToken.None)).ShouldNotBeNull();
        var second = slots.Enter("d2", CancellationToken.None);
        var late = slots.Enter("d3", CancellationToken.None);

        second.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await second).ShouldNotBeNull().Dispose();
        (await late).ShouldNotBeNull();
    }

    private ScanSlots Slots(QueryOptions options) => new(Options.Create(options), clock);
}
