using System.Diagnostics;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Resources;
using Grains.Directories;
using Grains.Indexes;

namespace Grains.Tests.Faults;

/// <summary>Indexes that come and go, with writes going on.</summary>
internal static class IndexScenarios
{
    private const string ExternalId = "u-externalid";

    private static readonly GrainError Refused = new() { Status = 409, Detail = "It has not heard of the index." };

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>How long it takes for so much time to pass.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    public static readonly Scenario[] All =
    [
        new()
        {
            Name = "index added",
            Prepare = async d =>
            {
                await d.Set("u0", "title", "Duke").ShouldSucceed();
                await d.Set("u1", "title", "Duke").ShouldSucceed();
            },
            Run = async (d, _) =>
            {
                await d.Grain.ChangeIndexes(With("externalId", "title"));

                // One writes who has not heard of it, and two who have.
                var late = d.Set("u2", "title", "Late");
                var changed = await Written(d, now => now.Set("u0", "title", "Countess"));
                var made = await Written(d, now => now.CreateUser("u3", "new", "e-new", digest: "d"));
                await late;
                return changed && made ? await Until(d, s => s.UserIndexes.Contains("title"), s => s.Indexes.All(i => i.Status != IndexStatus.Building)) : GrainError.Retry;
            },
            Check = async (d, reply, fault) =>
            {
                Answered(reply, 200);
                d = await d.Now();
                (await d.Owners(IndexNames.Of(d.Context.Indexes.Single(i => i is { Path: "title", Status: IndexStatus.Ready })), "duke")).ShouldBe(["u1"]);
                (await d.List("User", "title eq \"Duke\"")).Ids.ShouldBe(["u1"]);
                (await d.List("User", "title eq \"Countess\"")).Ids.ShouldBe(["u0"]);
            },
            Rivals =
            [
                new("delete of who has the value", async d => await Written(d, now => now.DeleteUser("u1")) ? new ResourceReply() : GrainError.Retry, async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await (await d.Now()).List("User", "title eq \"Duke\"")).Ids.ShouldBeEmpty();
                }),
                new("change by who has not heard of it", async d => await d.Set("u2", "title", "Late") is { Error: null } done ? done : Refused, async (d, one, two) =>
                {
                    Answered(one, 200);
                    if (two.Error is null)
                    {
                        (await (await d.Now()).List("User", "title eq \"Late\"")).Ids.ShouldBe(["u2"]);
                    }
                }),
                new("removal of it", async d =>
                {
                    await d.Grain.ChangeIndexes(With("externalId"));
                    return new ResourceReply();
                }, async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await (await d.Now()).List("User", "title eq \"Duke\"")).Ids.ShouldBe(["u1"]);
                }),
            ],
        },
        new()
        {
            Name = "index removed",
            Run = async (d, _) =>
            {
                await d.Grain.ChangeIndexes(With());
                return !await Written(d, now => now.Set("u0", "externalId", "e-new")) ? GrainError.Retry : await Until(d, s => s.Indexes.Length == 0);
            },
            Check = async (d, reply, fault) =>
            {
                Answered(reply, 200);
                d = await d.Now();
                if (fault is not (FaultKind.TwinAnswersFirst or FaultKind.TwinAnswersBeforeItIsTold))
                {
                    // A bucket's change that is held while another silo clears the index comes back; but it is not held for ten minutes.
                    (await d.Cluster.Stored<BucketState>("bucket", d.BucketKey(ExternalId))).ShouldBeNull();
                }

                (await d.List("User", "externalId eq \"e-new\"")).Ids.ShouldBe(["u0"]);
                (await d.List("User", "externalId eq \"e1\"")).Ids.ShouldBe(["u1"]);
            },
        },
        new()
        {
            Name = "index removed and added again",
            Run = async (d, _) =>
            {
                await d.Grain.ChangeIndexes(With());
                if ((await Until(d, s => s.Indexes is [] or [{ Status: IndexStatus.Clearing }] || s.UserIndexes.Length > 1)).Error is { } early)
                {
                    return early;
                }

                await d.Grain.ChangeIndexes(With("externalId"));
                return !await Written(d, now => now.Set("u0", "externalId", "e-new")) ? GrainError.Retry : await Until(d, s => s.UserIndexes.Contains("externalId") && s.Indexes.All(i => i.Status == IndexStatus.Ready));
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                d = await d.Now();
                (await d.List("User", "externalId eq \"e-new\"")).Ids.ShouldBe(["u0"]);
                (await d.List("User", "externalId eq \"e1\"")).Ids.ShouldBe(["u1"]);
                (await d.List("User", "externalId eq \"e0\"")).Ids.ShouldBeEmpty();
            },
        },
    ];

    private static ChangeIndexes With(params string[] paths) => new() { UserIndexes = ["userName", .. paths] };

    /// <summary>A change by a client whose front asks the directory each time, and learns of its indexes when a stale twin has.</summary>
    /// <returns>Whether it is acknowledged; time may have passed.</returns>
    private static async Task<bool> Written(TestDirectory directory, Func<TestDirectory, Task<ResourceReply>> change)
    {
        for (var waited = TimeSpan.Zero; waited < EngineCluster.ResponseTimeout; waited += DirectoryGrain.MaxAge)
        {
            var reply = await change(await directory.Now());
            if (reply.Error?.Status != 503)
            {
                // A create that was cut off, and comes again too late, is not to be.
                return reply.Error is null or { Status: 404 or 409 };
            }

            directory.Cluster.Clock.Advance(DirectoryGrain.MaxAge + Tick);
        }

        return false;
    }

    /// <summary>The directory goes on by itself, while it is looked at now and then, until something stands.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="stands">What is waited for.</param>
    /// <param name="ends">What ends the waiting, though it does not stand.</param>
    private static async Task<ResourceReply> Until(TestDirectory directory, Func<DirectoryState, bool> stands, Func<DirectoryState, bool>? ends = null)
    {
        var grains = directory.Cluster[directory.Home];
        var clock = directory.Cluster.Clock;
        var until = clock.GetUtcNow() + EngineCluster.ResponseTimeout;
        var watch = Stopwatch.StartNew();
        while (directory.Cluster[directory.Home] == grains && clock.GetUtcNow() < until)
        {
            await directory.Grain.Describe();
            var state = (await directory.Cluster.Stored<DirectoryState>("directory", directory.Context.Id))!;
            if (stands(state))
            {
                return new ResourceReply();
            }

            if (ends?.Invoke(state) == true)
            {
                break;
            }

            // Nothing is known to wait for but that it goes on: as much as it can before time passes.
            if (watch.Elapsed >= Pace)
            {
                clock.Advance(Tick);
                watch.Restart();
            }

            await Task.Yield();
        }

        return GrainError.Retry;
    }

    private static void Answered(ResourceReply reply, params int[] statuses) => statuses.ShouldContain(reply.Error?.Status ?? 200, reply.Error?.Detail);
}
