using System.Text.Json.Nodes;
using Api.Commands;
using Grains.Checking;

namespace Api.Tests.Commands;

public sealed class CheckTests(SoundStore sound) : IClassFixture<SoundStore>
{
    public static TheoryData<string> Mendable => [.. Damages.Mendable.Keys];

    public static TheoryData<string> NotMendable => [.. Damages.NotMendable.Keys];

    [Fact]
    public void Check_SoundStore_FindsNothingAndCountsAll()
    {
        using var copy = sound.Copy();

        copy.Buckets("u-username").Count.ShouldBeGreaterThan(1, "the index has split");
        copy.Buckets($"m-{sound.Big}").Count.ShouldBeGreaterThan(1, "the members have split");
        var report = copy.Check();

        report.Findings.ShouldBeEmpty();
        report.Users.ShouldBe(SoundStore.UserCount + 1);
        report.Groups.ShouldBe(3);
        report.Members.ShouldBe(3 + SoundStore.UserCount + 2);
        report.Entries.ShouldBe((SoundStore.UserCount * 4) + 2 + (3 * 2) + report.Members);
    }

    [Fact]
    public async Task Repair_SoundStore_ChangesNothing()
    {
        using var copy = sound.Copy();
        var before = await File.ReadAllBytesAsync(copy.File);

        await copy.Mend();

        copy.Mended.ShouldBeEmpty();
        (await File.ReadAllBytesAsync(copy.File)).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Mendable))]
    public async Task Check_Damage_IsFoundAndMendedWithNothingLost(string damage)
    {
        using var copy = sound.Copy();
        var (kind, change) = Damages.Mendable[damage];
        await change(copy);

        var found = copy.Check();
        found.Findings.ShouldContain(f => f.Kind == kind && f.Severity == FindingSeverity.Damage && f.Mendable, Words(found));

        var after = await copy.Mend();

        after.Findings.ShouldBeEmpty(Words(after));
        copy.Mended.ShouldNotBeEmpty();
        (await sound.See(copy.Folder)).ShouldBe(sound.Seen);
    }

    [Theory]
    [MemberData(nameof(NotMendable))]
    public async Task Check_DamageThatLosesSomething_IsFoundAndLeftAlone(string damage)
    {
        using var copy = sound.Copy();
        var (kind, change) = Damages.NotMendable[damage];
        await change(copy);

        var found = copy.Check();
        found.Findings.ShouldContain(f => f.Kind == kind && f.Severity == FindingSeverity.Damage && !f.Mendable, Words(found));

        (await copy.Mend()).Findings.ShouldContain(f => f.Kind == kind && f.Severity == FindingSeverity.Damage);
    }

    [Theory]
    [InlineData("a user with a bit turned over")]
    [InlineData("a user that is no JSON")]
    [InlineData("a user that is gone")]
    [InlineData("a group that is gone")]
    public async Task Repair_LossAccepted_LetsGoOfWhatIsLost(string damage)
    {
        using var copy = sound.Copy();
        await Damages.NotMendable[damage].Do(copy);

        var after = await copy.Mend(acceptLoss: true);

        after.Findings.ShouldBeEmpty(Words(after));
        copy.Mended.ShouldContain(l => l.Contains("is lost", StringComparison.Ordinal));
        (after.Users + after.Groups).ShouldBe(SoundStore.UserCount + 1 + 3 - 1);
    }

    [Theory]
    [InlineData(FindingKind.EntryStale)]
    [InlineData(FindingKind.EntryOrphan)]
    public async Task Check_EntryOfACutOffChange_IsALeftoverThatRepairTakesAway(FindingKind kind)
    {
        using var copy = sound.Copy();
        await copy.AddOwner("u-externalid", "never", kind == FindingKind.EntryStale ? sound.Users[8] : "0199aaaa-0000-7000-8000-00000000dead");

        var found = copy.Check();

        found.Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            f => f.Kind.ShouldBe(kind),
            f => f.Severity.ShouldBe(FindingSeverity.Leftover));
        found.IsSound.ShouldBeTrue();
        (await copy.Mend()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_RowOfACreateThatWasCutOff_IsALeftoverThatRepairTakesAway()
    {
        const string CutOff = "0199aaaa-0000-7000-8000-00000000dead";
        using var copy = sound.Copy();
        await copy.Put("user", $"{sound.Directory}.{CutOff}", copy.Get("user", $"{sound.Directory}.{sound.Users[8]}"));
        await copy.EditUser(CutOff, u => u with { EventId = "never appended", EventOpen = true, Marked = true, Groups = [], Attributes = new Grains.Storage.RawJson { Utf8 = """{"userName":"cutoff"}"""u8.ToArray() } });

        copy.Check().Findings.ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.CreateCutOff);

        (await copy.Mend()).Findings.ShouldBeEmpty();
        (await sound.See(copy.Folder)).ShouldBe(sound.Seen);
    }

    [Fact]
    public async Task Check_ChangeUnderWay_IsUnfinishedAndNoDamage()
    {
        using var copy = sound.Copy();
        await copy.EditLog(l => l with { Entries = Array.ConvertAll(l.Entries, e => e.ResourceId == sound.Nested ? e with { Status = Grains.Events.EventStatus.Unsettled } : e) });
        await copy.DropEntry("g-displayname", "nested");

        var found = copy.Check();

        found.Findings.Select(f => (f.Severity, f.Kind)).ShouldBe(
            [(FindingSeverity.Unfinished, FindingKind.EntryMissing), (FindingSeverity.Unfinished, FindingKind.EventsUnsettled)],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Command_ExitCodesAndJson_SayWhatWasFound()
    {
        using var copy = sound.Copy();
        (await Run(copy, "--json")).Code.ShouldBe(0);
        await copy.DropEntry("u-username", "user7");

        var (code, text) = await Run(copy);
        code.ShouldBe(1);
        text.ShouldContain($"ClaimMissing: user/{sound.Directory}.{sound.Users[7]}");

        var (jsonCode, json) = await Run(copy, "--json", "--repair");
        jsonCode.ShouldBe(0);
        var read = JsonNode.Parse(json)!;
        read["found"]!["findings"]![0]!["kind"]!.GetValue<string>().ShouldBe("claimMissing");
        read["mended"]!.AsArray().ShouldContain(l => l!.GetValue<string>().Contains("'user7' names", StringComparison.Ordinal));
        read["after"]!["isSound"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Command_FileThatAServerHas_CannotBeChecked()
    {
        using var copy = sound.Copy();
        using var store = new SqliteStore(copy.File);

        (await new[] { "check", "--database", copy.File }.RunCommand()).ShouldBe(2);
        (await new[] { "check", "--database", copy.File + "-not-there" }.RunCommand()).ShouldBe(2);
        (await new[] { "check", "--no-such-option" }.RunCommand()).ShouldBe(2);
    }

    private static async Task<(int Code, string Text)> Run(StoreCopy copy, params string[] options)
    {
        await using var output = new StringWriter();
        var code = await new CheckCommand(copy.File, options.Contains("--repair"), acceptLoss: false, options.Contains("--json"), output).Run();
        return (code, output.ToString());
    }

    private static string Words(CheckReport report) => string.Join('\n', report.Findings);
}
