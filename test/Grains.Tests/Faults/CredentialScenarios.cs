using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Resources;
using Grains.Directories;

namespace Grains.Tests.Faults;

/// <summary>Keys and clients of a directory: what was acknowledged as revoked stays so, and to ask again makes nothing twice.</summary>
internal static class CredentialScenarios
{
    private static readonly byte[] Old = Hash(1);
    private static readonly byte[] New = Hash(2);
    private static readonly byte[] Third = Hash(3);
    private static readonly byte[] Mark = [.. Enumerable.Repeat((byte)9, 16)];

    private static readonly ClientFederation Trust = new() { Issuer = "https://i", JwksUrl = "https://i/keys", Subject = "s", Audience = "a" };

    public static readonly IReadOnlyList<Scenario> All =
    [
        new()
        {
            Name = "key added",
            Run = async (d, _) => Reply(await d.Grain.AddKey(Key(New)) is not null),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Opening(d, New);
            },
            Rivals =
            [
                new("another added", async d => Reply(await d.Grain.AddKey(Key(Third)) is not null), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    await Opening(d, New, Third);
                }),
            ],
        },
        new()
        {
            Name = "key rotated",
            Prepare = Prepared,
            Run = async (d, _) =>
            {
                var key = await KeyOf(d, Old);
                var started = await Clients(d).StartRotation(key, Key(New));
                return Reply(started.Error ?? (await Clients(d).CompleteRotation(key)).Error);
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Opening(d, New);
            },
            Rivals =
            [
                new("cancelled", async d => Reply(await Clients(d).CancelRotation(await KeyOf(d, Old))), async (d, one, _) =>
                {
                    Answered(one, 200, 409);
                    await Opening(d, one.Error is null ? New : Old);
                }),
                new("rotated to another", async d => Reply((await Clients(d).StartRotation(await KeyOf(d, Old), Key(Third))).Error), async (d, one, two) =>
                {
                    // Who comes later is told that it is under way, or done.
                    Answered(one, 200, 404, 409);
                    Answered(two, 200, 404, 409);
                    (one.Error is null || two.Error is null).ShouldBeTrue();
                    (await Opens(d, Third)).ShouldBe(two.Error is null);
                }),
                new("revoked", async d => Reply(await d.Grain.RemoveKey(await KeyOf(d, Old))), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 404);
                    (await Opens(d, Old)).ShouldBeFalse();
                    (await Opens(d, New)).ShouldBe(one.Error is null);
                }),
            ],
        },
        new()
        {
            Name = "key rotation cancelled",
            Prepare = Prepared,
            Run = async (d, _) =>
            {
                var key = await KeyOf(d, Old);
                var started = await Clients(d).StartRotation(key, Key(New));
                if (started.Error is null)
                {
                    await Clients(d).CancelRotation(key);
                }

                return Reply(started.Error);
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Opening(d, Old);
            },
        },
        new()
        {
            Name = "key revoked",
            Prepare = Prepared,
            Run = async (d, _) => Reply(await d.Grain.RemoveKey(await KeyOf(d, Old))),
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);
                await Opening(d);
            },
            Rivals =
            [
                new("another added", async d => Reply(await d.Grain.AddKey(Key(New)) is not null), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    await Opening(d, New);
                }),
                new("its rotation begun", async d => Reply((await Clients(d).StartRotation(await KeyOf(d, Old), Key(New))).Error), async (d, one, two) =>
                {
                    // Whichever comes first: what was revoked opens no more, and what was issued does.
                    Answered(one, 200, 404);
                    Answered(two, 200, 404);
                    (await Opens(d, Old)).ShouldBeFalse();
                    (await Opens(d, New)).ShouldBe(two.Error is null);
                }),
            ],
        },
        new()
        {
            Name = "client and secrets added, secret removed",
            Run = async (d, _) =>
            {
                var clients = Clients(d);
                if (((await clients.AddClient(Client)).Error ?? (await clients.AddSecret("c", Key(Old))).Error ?? (await clients.AddSecret("c", Key(New))).Error) is { } error)
                {
                    return Reply(error);
                }

                if (await SecretOf(d, Old) is { } secret)
                {
                    await clients.RemoveSecret("c", secret);
                }

                return Reply(error: null);
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await Clients(d).Clients())!.ShouldHaveSingleItem().Secrets.ShouldHaveSingleItem();
                (await Clients(d).GrantBySecret("c", Old)).Credential.ShouldBeNull();
                (await Clients(d).GrantBySecret("c", New)).Credential.ShouldNotBeNull();
            },
        },
        new()
        {
            Name = "secret removed",
            Prepare = WithClient,
            Run = async (d, _) => Reply(await SecretOf(d, Old) is { } secret && await Clients(d).RemoveSecret("c", secret)),
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);
                (await Clients(d).GrantBySecret("c", Old)).Credential.ShouldBeNull();
                (await Clients(d).GrantBySecret("c", New)).Credential.ShouldNotBeNull();
            },
            Rivals =
            [
                new("one more added", async d => Reply((await Clients(d).AddSecret("c", Key(Third))).Error), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    (await Clients(d).GrantBySecret("c", Old)).Credential.ShouldBeNull();
                    (await Clients(d).GrantBySecret("c", Third)).Credential.ShouldNotBeNull();
                }),
            ],
        },
        new()
        {
            Name = "client removed",
            Prepare = WithClient,
            Run = async (d, _) => Reply(await Clients(d).RemoveClient("c")),
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);
                (await Clients(d).Clients())!.ShouldBeEmpty();
                (await Clients(d).GrantBySecret("c", New)).Credential.ShouldBeNull();
            },
            Rivals =
            [
                new("secret added", async d => Reply((await Clients(d).AddSecret("c", Key(Third))).Error), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 404);
                    (await Clients(d).Clients())!.ShouldBeEmpty();
                }),
            ],
        },
        new()
        {
            Name = "assertion taken",
            Prepare = async d =>
            {
                await WithClient(d);
                (await Clients(d).PutFederation("c", Trust)).Error.ShouldBeNull();
            },
            Run = async (d, _) => Reply(await Taken(d)),
            Check = async (d, reply, fault) =>
            {
                // A retry may find that it was taken; never is it taken twice.
                Answered(reply, fault is null ? [200] : [200, 404]);
                (await Taken(d)).ShouldBeFalse();
            },
            Rivals =
            [
                new("the same at another", async d => Reply(await Taken(d)), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 404);
                    (one.Error is null && two.Error is null).ShouldBeFalse("It was taken twice.");
                    (await Taken(d)).ShouldBeFalse();
                }),
            ],
        },
    ];

    private static CreateClient Client => new() { Id = "c", Name = "c" };

    private static IDirectoryClientsGrain Clients(TestDirectory directory) =>
        directory.Cluster[directory.Home].GetGrain<IDirectoryClientsGrain>(GrainKeys.Directory(directory.Context.Id));

    private static byte[] Hash(byte value) => [.. Enumerable.Repeat(value, 32)];

    private static IssueKey Key(byte[] hash) => new() { Name = $"k{hash[0]}", Hash = hash, LastFour = "abcd" };

    private static async Task Prepared(TestDirectory directory) => (await directory.Grain.AddKey(Key(Old))).ShouldNotBeNull();

    private static async Task WithClient(TestDirectory directory)
    {
        (await Clients(directory).AddClient(Client)).Error.ShouldBeNull();
        (await Clients(directory).AddSecret("c", Key(Old))).Error.ShouldBeNull();
        (await Clients(directory).AddSecret("c", Key(New))).Error.ShouldBeNull();
    }

    private static async Task<bool> Taken(TestDirectory directory)
    {
        var federation = await Clients(directory).FederationOf("c");
        var until = directory.Cluster.Clock.GetUtcNow().AddDays(1);
        var seen = new SeenAssertion { Federation = federation!.Id, Mark = Mark, Until = until };
        return (await Clients(directory).GrantByAssertion("c", seen)).Credential is not null;
    }

    /// <summary>The id of a key, by its name; of one that has gone, an id that none has.</summary>
    private static async Task<string> KeyOf(TestDirectory directory, byte[] hash)
    {
        var stored = await directory.Cluster.Stored<DirectoryState>("directory", directory.Context.Id);
        return Array.Find(stored!.Keys, k => k.Hash[0] == hash[0])?.Id ?? Array.Find(stored.Keys, k => k.Replaces is not null)?.Replaces ?? "gone";
    }

    private static async Task<string?> SecretOf(TestDirectory directory, byte[] hash)
    {
        var stored = await directory.Cluster.Stored<DirectoryState>("directory", directory.Context.Id);
        return stored!.Clients.SelectMany(c => c.Secrets).FirstOrDefault(s => s.Hash[0] == hash[0])?.Id;
    }

    private static async Task<bool> Opens(TestDirectory directory, byte[] hash) => (await directory.Grain.Authorize(hash)).Directory is not null;

    /// <summary>These keys open the directory, and there are no others.</summary>
    private static async Task Opening(TestDirectory directory, params byte[][] hashes)
    {
        foreach (var hash in new[] { Old, New, Third })
        {
            (await Opens(directory, hash)).ShouldBe(hashes.Contains(hash), $"key {hash[0]}");
        }

        (await directory.Grain.Keys())!.Length.ShouldBe(hashes.Length);
    }

    private static ResourceReply Reply(GrainError? error) => error is null ? new ResourceReply() : error;

    private static ResourceReply Reply(bool done) => Reply(done ? null : GrainError.NotFound("It", "x"));

    private static void Answered(ResourceReply reply, params int[] statuses) => statuses.ShouldContain(reply.Error?.Status ?? 200, reply.Error?.Detail);
}
