using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Tenants;

namespace Grains.Tests.Faults;

/// <summary>Keys of admins: what was acknowledged as revoked stays so, and to ask again makes nothing twice.</summary>
internal static class AdminKeyScenarios
{
    private const string Tenant = "a tenant";

    public static readonly IReadOnlyList<Scenario> All =
    [
        new()
        {
            Name = "admin key added",
            Run = async (d, _) => Reply(await Platform(d).AddKey(Key(1)) is { Spent: false }),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Opening(d, 1);
            },
            Rivals =
            [
                new("another added", async d => Reply(await Platform(d).AddKey(Key(2)) is { Spent: false }), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    await Opening(d, 1, 2);
                }),
            ],
        },
        new()
        {
            Name = "admin key revoked",
            Prepare = async d => (await Platform(d).AddKey(Key(1))).Spent.ShouldBeFalse(),
            Run = async (d, _) => Reply(await Platform(d).RemoveKey(IdOf(1))),
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);
                await Opening(d);

                // Nor does the request that made it bring it back.
                (await Platform(d).AddKey(Key(1))).Spent.ShouldBeTrue();
                await Opening(d);
            },
            Rivals =
            [
                new("another added", async d => Reply(await Platform(d).AddKey(Key(2)) is { Spent: false }), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    await Opening(d, 2);
                }),
                new("asked for again", async d => Reply(await Platform(d).AddKey(Key(1)) is { Spent: false }), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 404);
                    await Opening(d);
                }),
            ],
        },
        new()
        {
            Name = "admin keys of a tenant, tenant removed",
            Prepare = async d =>
            {
                await Platform(d).MakeTenant(new CreateTenant { Id = Tenant, Name = "A tenant" });
                (await Platform(d).AddKey(Key(1) with { Tenant = Tenant })).Spent.ShouldBeFalse();
                (await Platform(d).AddKey(Key(2))).Spent.ShouldBeFalse();
            },
            Run = async (d, _) => Reply(await Platform(d).RemoveTenant(Tenant)),
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);
                await Opening(d, 2);
                await Platform(d).Resume();
                (await Platform(d).TenantIds()).ShouldBeEmpty();
            },
        },
    ];

    private static IPlatformGrain Platform(TestDirectory directory) => directory.Cluster[directory.Home].GetGrain<IPlatformGrain>(GrainKeys.Platform);

    private static string IdOf(byte value) => $"key{value}";

    private static byte[] Hash(byte value) => [.. Enumerable.Repeat(value, 32)];

    private static IssueAdminKey Key(byte value) => new() { Id = IdOf(value), Digest = "d", Name = IdOf(value), Hash = Hash(value), LastFour = "abcd" };

    /// <summary>These keys open the platform, and there are no others.</summary>
    private static async Task Opening(TestDirectory directory, params byte[] keys)
    {
        foreach (var key in new byte[] { 1, 2 })
        {
            (await Platform(directory).Authorize(Hash(key)) is not null).ShouldBe(keys.Contains(key), IdOf(key));
        }

        (await Platform(directory).Keys()).Length.ShouldBe(keys.Length);
    }

    private static ResourceReply Reply(bool done) => done ? new ResourceReply() : GrainError.NotFound("It", "x");

    private static void Answered(ResourceReply reply, params int[] statuses) => statuses.ShouldContain(reply.Error?.Status ?? 200, reply.Error?.Detail);
}
