using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Resources;

namespace Grains.Tests.Faults;

/// <summary>Setup links: what is made by one is made once, whatever is lost on the way, and whoever sends the same form again has the same.</summary>
internal static class SetupLinkScenarios
{
    private static readonly byte[] Link = Bytes(1);
    private static readonly byte[] Other = Bytes(2);

    public static readonly IReadOnlyList<Scenario> All =
    [
        new()
        {
            Name = "setup link made",
            Run = async (d, _) => Reply((await Setup(d).AddSetupLink(New(d, Link))).Error),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await Setup(d).SetupLinks())!.ShouldHaveSingleItem();
                (await Setup(d).OpenSetup(Link)).ShouldNotBeNull();
            },
            Rivals =
            [
                new("another made", async d => Reply((await Setup(d).AddSetupLink(New(d, Other))).Error), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await Setup(d).SetupLinks())!.Length.ShouldBe(2);
                }),
            ],
        },
        new()
        {
            Name = "setup link used",
            Prepare = Made,
            Run = async (d, _) =>
            {
                // Opened first, as the page does; after an answer that was lost there may be nothing to open any more.
                await Setup(d).OpenSetup(Link);
                return Reply(await Setup(d).UseSetup(Key(1)) is not null);
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await OnlyKey(d, 1);
            },
            Rivals =
            [
                new("the same form at another", async d => Reply(await Setup(d).UseSetup(Key(1)) is not null), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    await OnlyKey(d, 1);
                }),
                new("another form at another", async d => Reply(await Setup(d).UseSetup(Key(2)) is not null), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 404);
                    (one.Error is null).ShouldNotBe(two.Error is null, "One form makes a key, and only one.");
                    await OnlyKey(d, (byte)(one.Error is null ? 1 : 2));
                }),
                new("withdrawn", async d => Reply((await Setup(d).WithdrawSetupLink(await IdOf(d))).Error), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 409);
                    (one.Error is null).ShouldNotBe(two.Error is null, "It is withdrawn, or it is used.");
                    (await d.Grain.Keys())!.Length.ShouldBe(one.Error is null ? 1 : 0);
                }),
            ],
        },
        new()
        {
            Name = "setup link used for a client",
            Prepare = Made,
            Run = async (d, _) => Reply(await Setup(d).UseSetup(Client) is not null),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await Clients(d).Clients())!.ShouldHaveSingleItem().Secrets.ShouldHaveSingleItem();
                (await Clients(d).GrantBySecret("c", Bytes(3))).Credential.ShouldNotBeNull();
                (await d.Grain.Keys())!.ShouldBeEmpty();
            },
        },
        new()
        {
            Name = "setup link withdrawn",
            Prepare = Made,
            Run = async (d, _) => Reply((await Setup(d).WithdrawSetupLink(await IdOf(d))).Error),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await Setup(d).OpenSetup(Link)).ShouldBeNull();
                (await Setup(d).UseSetup(Key(1))).ShouldBeNull();
                (await d.Grain.Keys())!.ShouldBeEmpty();
            },
        },
    ];

    private static UseSetupLink Client => new()
    {
        Hash = Link,
        Submission = Bytes(9),
        Way = SetupWay.Client,
        Client = new CreateClient { Id = "c", Name = "c" },
        Secret = new IssueKey { Name = "s", Hash = Bytes(3), LastFour = "abcd" },
    };

    private static IDirectorySetupGrain Setup(TestDirectory directory) =>
        directory.Cluster[directory.Home].GetGrain<IDirectorySetupGrain>(GrainKeys.Directory(directory.Context.Id));

    private static IDirectoryClientsGrain Clients(TestDirectory directory) =>
        directory.Cluster[directory.Home].GetGrain<IDirectoryClientsGrain>(GrainKeys.Directory(directory.Context.Id));

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, 32)];

    private static CreateSetupLink New(TestDirectory directory, byte[] hash) =>
        new() { Hash = hash, Expires = directory.Cluster.Clock.GetUtcNow().AddDays(7), Ways = [SetupWay.Key, SetupWay.Client] };

    /// <summary>A form that was sent: each makes a key of its own.</summary>
    private static UseSetupLink Key(byte form) => new()
    {
        Hash = Link,
        Submission = Bytes(form),
        Way = SetupWay.Key,
        Secret = new IssueKey { Name = "k", Hash = Bytes(form), LastFour = "abcd" },
    };

    private static async Task Made(TestDirectory directory) => (await Setup(directory).AddSetupLink(New(directory, Link))).Error.ShouldBeNull();

    private static async Task<string> IdOf(TestDirectory directory) => (await Setup(directory).SetupLinks())!.Single().Id;

    /// <summary>The key of that form opens the directory, and there is no other.</summary>
    private static async Task OnlyKey(TestDirectory directory, byte form)
    {
        (await directory.Grain.Authorize(Bytes(form))).Directory.ShouldNotBeNull();
        var key = (await directory.Grain.Keys())!.ShouldHaveSingleItem();
        var link = (await Setup(directory).SetupLinks())!.ShouldHaveSingleItem();
        (link.Used is not null, link.Way, link.Made).ShouldBe((true, SetupWay.Key, key.Id));
    }

    private static ResourceReply Reply(GrainError? error) => error is null ? new ResourceReply() : error;

    private static ResourceReply Reply(bool done) => Reply(done ? null : GrainError.NotFound("It", "x"));

    private static void Answered(ResourceReply reply, params int[] statuses) => statuses.ShouldContain(reply.Error?.Status ?? 200, reply.Error?.Detail);
}
