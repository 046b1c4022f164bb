using Grains.Abstractions.Directories;

namespace Grains.Tests.Faults;

/// <summary>Limits of a directory: a place that was taken by a create that failed is there for the create that is sent again.</summary>
internal static class LimitScenarios
{
    /// <summary>The directory begins with three.</summary>
    private const int MaxUsers = 4;

    public static readonly IReadOnlyList<Scenario> All =
    [
        new()
        {
            Name = "create of the last user that a limit has room for",
            Run = (d, _) => Limited(d).CreateUser("u3", "new", "e-new", digest: "d"),
            Check = async (d, reply, fault) =>
            {
                reply.Error.ShouldBeNull();
                (await d.User("u3").Read(d.Context)).Error.ShouldBeNull();
                if (fault is FaultKind.TwinAnswersFirst or FaultKind.TwinAnswersBeforeItIsTold)
                {
                    // Another activation of the log does not know yet what came through its twin.
                    return;
                }

                (await Limited(d).CreateUser("u4", "more", "e-more", digest: "d")).Error.ShouldNotBeNull().Status.ShouldBe(507);
                (await d.User("u4").Read(d.Context)).Error.ShouldNotBeNull().Status.ShouldBe(404);
                (await d.DeleteUser("u0")).Error.ShouldBeNull();
                await d.Cluster.TimePassesUntil(
                    TimeSpan.FromSeconds(1),
                    async () => (await Limited(d).CreateUser("u4", "more", "e-more", digest: "d")).Error is null,
                    () => "The place of a user that was deleted is not given again.");
            },
        },
    ];

    private static TestDirectory Limited(TestDirectory directory) =>
        new(directory.Cluster, directory.Context with { Limits = new DirectoryLimits { MaxUsers = MaxUsers } }, directory.Home);
}
