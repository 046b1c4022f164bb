using Api.Requests;
using Grains.Abstractions.Requests;

namespace Api.Tests.Requests;

/// <summary>Entra's thresholds: 5,000 failures with over 40% failing, or 40,000; wrong credentials or an unknown address at once.</summary>
public sealed class TrafficReadingTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, 10, "Low", 0.002)]
    [InlineData(4_000, 4_000, "Rising", 0.8)]
    [InlineData(12_500, 5_000, "Rising", 1.0)]
    [InlineData(12_499, 5_000, "Reached", 1.0)]
    [InlineData(100_000, 19_000, "Low", 0.475)]
    [InlineData(1_000_000, 39_999, "Rising", 0.999975)]
    [InlineData(1_000_000, 40_000, "Reached", 1.0)]
    public void Risk_ByFailuresOfADay_GoesByTheThresholds(long requests, long failures, string risk, double level)
    {
        // Two hours ago, so that the last hour says nothing.
        var reading = Reading(new TrafficSlot { Start = Ago(TimeSpan.FromHours(2)), Requests = requests, Failures = failures });

        (reading.Risk.ToString(), Math.Round(reading.Level, 6)).ShouldBe((risk, level));
        reading.State.ShouldBe(ConnectionState.Connected);
        (reading.RiskReason is null).ShouldBe(risk == "Low");
    }

    [Fact]
    public void Risk_OfYesterday_IsForgotten() =>
        Reading(new TrafficSlot { Start = Ago(TimeSpan.FromHours(25)), Requests = 50_000, Failures = 50_000 }).Risk.ShouldBe(QuarantineRisk.Low);

    [Fact]
    public void KnownCredentialRefused_SinceTheLastSuccess_IsImmediate()
    {
        var traffic = Connected() with { KnownCredentialRefused = Ago(TimeSpan.FromMinutes(1)) };

        Read(traffic).Risk.ShouldBe(QuarantineRisk.Immediate);
        Read(traffic).State.ShouldBe(ConnectionState.Failing);
        Read(traffic with { LastSuccess = Ago(TimeSpan.Zero) }).Risk.ShouldBe(QuarantineRisk.Low);
    }

    [Fact]
    public void AddressUnknown_SinceTheLastSuccess_IsImmediate() =>
        Read(Connected() with { AddressUnknown = Ago(TimeSpan.FromMinutes(1)) }).Risk.ShouldBe(QuarantineRisk.Immediate);

    [Fact]
    public void InventedCredentials_WhichAnybodyCanSend_ChangeNothing()
    {
        Read(Connected() with { UnknownCredentialRefused = Ago(TimeSpan.Zero) }).State.ShouldBe(ConnectionState.Connected);
        Read(new DirectoryTraffic { UnknownCredentialRefused = Ago(TimeSpan.Zero) }).State.ShouldBe(ConnectionState.NeverConnected);
    }

    [Fact]
    public void State_HalfOfTheLastHourFailing_IsFailing() =>
        Reading(new TrafficSlot { Start = Ago(TimeSpan.FromMinutes(20)), Requests = 10, Failures = 5 }).State.ShouldBe(ConnectionState.Failing);

    [Fact]
    public void State_NothingForADay_IsSilent() =>
        Read(Connected() with { LastRequest = Ago(TimeSpan.FromHours(25)), LastSuccess = Ago(TimeSpan.FromHours(25)) }).State.ShouldBe(ConnectionState.Silent);

    private static TrafficReading Reading(params TrafficSlot[] slots) => Read(Connected() with { Slots = slots });

    private static TrafficReading Read(DirectoryTraffic traffic) => new(traffic, Now);

    private static DirectoryTraffic Connected() => new() { Requests = 1, LastRequest = Ago(TimeSpan.FromMinutes(5)), LastSuccess = Ago(TimeSpan.FromMinutes(5)) };

    private static long Ago(TimeSpan time) => (Now - time).ToUnixTimeMilliseconds();
}
