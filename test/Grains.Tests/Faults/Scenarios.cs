using Grains.Abstractions;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;
using Grains.Directories;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Faults;

/// <summary>The scenarios of PROTOCOL.md, on a directory with three users and two groups.</summary>
internal static class Scenarios
{
    /// <summary>A user whose create was cut off: its claim of <see cref="LeftBehind"/> landed, and its row did not.</summary>
    public const string NeverMade = "u9";

    public const string LeftBehind = "stale";

    private const string Hints = "u-externalid";

    /// <summary>These, and those of other pages.</summary>
    public static IReadOnlyList<Scenario> All => [.. Own, .. OrgUnitScenarios.All, .. IndexScenarios.All];

    /// <summary>So many versions that were left behind crowd a bucket of members.</summary>
    private const int Crowd = BucketGrain.MembersCrowdedAt + 1;

    private static readonly Scenario[] Own =
    [
        .. CredentialScenarios.All,
        .. SetupLinkScenarios.All,
        new()
        {
            Name = "create",
            Run = (d, _) => d.CreateUser("u3", "new", "e-new", digest: "d"),
            Check = (d, reply, fault) => Created(d, "u3", "new", reply, fault),
            Rivals =
            [
                new("create of the same name", d => d.CreateUser("u4", "new", "e-new", digest: "d"), (d, one, two) => OneWins(d, "new", ("u3", one), ("u4", two))),
                new("rename to the same name", d => d.Set("u1", "userName", "new"), (d, one, two) => OneWins(d, "new", ("u3", one), ("u1", two))),
            ],
        },
        new()
        {
            Name = "create of a resource of a type of its own",
            Run = (d, _) => d.CreateDevice("d0", "s0", "e-new", digest: "d"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.User("d0").Read(d.ForDevices)).Error.ShouldBeNull();
                (await d.List("Device", "externalId eq \"e-new\"")).Ids.ShouldBe(["d0"]);
            },
            Rivals =
            [
                new("the same as a user", d => d.CreateUser("d0", "new", "e-new", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200, 409);
                    (one.Error is null).ShouldNotBe(two.Error is null);
                    (await d.User("d0").Exists()).ShouldBe(two.Error is null);
                }),
            ],
        },
        new()
        {
            Name = "create and rename",
            Run = async (d, _) =>
            {
                var reply = await ReplyAssertions.Insist(() => d.CreateUser("u3", "first", "e-new", digest: "d"));
                return reply.Error is null ? await d.Set("u3", "userName", "new") : reply;
            },
            Check = (d, reply, fault) => Created(d, "u3", "new", reply, fault),
        },
        new()
        {
            Name = "create without a key",
            Run = (d, attempt) => d.CreateUser($"n{attempt}", "new", "e-new"),
            Check = async (d, reply, fault) =>
            {
                // An earlier try may have come to be after its answer, and then has the name; or it was still under way, and was given up.
                Answered(reply, fault is null ? [200] : [200, 409]);
                (await d.Owners(IndexNames.UserName, "new")).Length.ShouldBeInRange(reply.Error is null ? 1 : 0, 1);
            },
        },
        new()
        {
            Name = "create, name taken",
            Run = (d, _) => d.CreateUser("u3", "name0", "e-new", digest: "d"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 409);
                (await d.UserNameOf("u3")).ShouldBeNull();
            },
            Rivals =
            [
                new("delete of who has the name", d => d.DeleteUser("u0"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200);
                    (await d.UserNameOf("u3")).ShouldBe(one.Error is null ? "name0" : null);
                }),
                new("rename of who has the name", d => d.Set("u0", "userName", "new"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200);
                    await Named(d, "u0", "new");
                    (await d.UserNameOf("u3")).ShouldBe(one.Error is null ? "name0" : null);
                }),
            ],
        },
        new()
        {
            Name = "import",
            Run = (d, _) => d.ImportUser("u3", "new", "e-new"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u3", "new");
                (await d.User("u3").Read(d.Context)).Version.ShouldBe(7);
            },
            Rivals =
            [
                new("create of the same name", d => d.CreateUser("u4", "new", "e-new", digest: "d"), (d, one, two) => OneWins(d, "new", ("u3", one), ("u4", two))),
                new("import of the same name", d => d.ImportUser("u4", "new", "e-new"), (d, one, two) => OneWins(d, "new", ("u3", one), ("u4", two))),
                new("rename to the same name", d => d.Set("u1", "userName", "new"), (d, one, two) => OneWins(d, "new", ("u3", one), ("u1", two))),
            ],
        },
        new()
        {
            Name = "import, name left behind",
            Run = (d, _) => d.ImportUser("u3", LeftBehind, "e-new"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u3", LeftBehind);
            },
            Rivals =
            [
                new("import of the same name", d => d.ImportUser("u4", LeftBehind), (d, one, two) => OneWins(d, LeftBehind, ("u3", one), ("u4", two))),
                new("create of the same name", d => d.CreateUser("u4", LeftBehind, digest: "d"), (d, one, two) => OneWins(d, LeftBehind, ("u3", one), ("u4", two))),
                new("import of who left it", d => d.ImportUser(NeverMade, LeftBehind), (d, one, two) => OneWins(d, LeftBehind, ("u3", one), (NeverMade, two))),
            ],
        },
        new()
        {
            Name = "import and rename",
            Run = async (d, _) =>
            {
                var reply = await ReplyAssertions.Insist(() => d.ImportUser("u3", "first", "e-new"));
                return reply.Error is null or { Status: 409, ScimType: null } ? await d.Set("u3", "userName", "new") : reply;
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u3", "new");
                (await d.User("u3").Read(d.Context)).Version.ShouldBeGreaterThan(7);
            },
            Rivals =
            [
                new("create of the first name", d => d.CreateUser("u4", "first", "e-new", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200, 409, 404);
                    Answered(two, 200, 409);
                    (one.Error is null || two.Error is null).ShouldBeTrue("One of them has it.");
                }),
            ],
        },
        new()
        {
            Name = "group import",
            Run = async (d, _) =>
            {
                var reply = await ReplyAssertions.Insist(() => d.ImportGroup("g2", "New"));
                return reply.Error is null ? new ResourceReply { Error = (await d.ImportMembers("g2", 7, "u0", "u2")).Error } : reply;
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Members("g2")).ShouldBe(["u0", "u2"]);
                (await d.Group("g2").Read(d.Context)).Version.ShouldBe(7);
            },
            Rivals =
            [
                new("delete of a member", d => d.DeleteUser("u0"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200);
                    (await d.Members("g2")).ShouldBe(["u2"]);
                }),
            ],
        },
        new()
        {
            Name = "rename",
            Run = (d, _) => d.Set("u0", "userName", "new"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u0", "new");
            },
            Rivals =
            [
                new("rename of another to the same name", d => d.Set("u1", "userName", "new"), (d, one, two) => OneWins(d, "new", ("u0", one), ("u1", two))),
                new("create of the same name", d => d.CreateUser("u3", "new", "e-new", digest: "d"), (d, one, two) => OneWins(d, "new", ("u0", one), ("u3", two))),
                new("create of the old name", d => d.CreateUser("u3", "name0", "e-new", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200, 409);
                    await Named(d, "u0", "new");
                    (await d.UserNameOf("u3")).ShouldBe(two.Error is null ? "name0" : null);
                }),
                new("rename to another name", d => d.Set("u0", "userName", "other"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.UserNameOf("u0")).ShouldBeOneOf("new", "other");
                }),
                new("change of another attribute", d => d.Set("u0", "title", "Countess"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    await Named(d, "u0", "new");
                    await Has(d, "u0", "title", "Countess");
                }),
                new("delete", d => d.DeleteUser("u0"), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    (await d.UserNameOf("u0")).ShouldBeNull();
                }),
            ],
        },
        new()
        {
            Name = "rename and back",
            Run = async (d, _) =>
            {
                var reply = await ReplyAssertions.Insist(() => d.Set("u0", "userName", "new"));
                return reply.Error is null ? await d.Set("u0", "userName", "name0") : reply;
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u0", "name0");
            },
            Rivals =
            [
                new("create of the old name", d => d.CreateUser("u3", "name0", "e-new", digest: "d"), (d, one, two) => OneWins(d, "name0", ("u0", one), ("u3", two))),
                new("create of the name between", d => d.CreateUser("u3", "new", "e-new", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200, 409);
                    await Named(d, "u0", "name0");
                    (await d.UserNameOf("u3")).ShouldBe(two.Error is null ? "new" : null);
                }),
            ],
        },
        new()
        {
            Name = "take-over",
            Run = (d, _) => d.CreateUser("u3", LeftBehind, "e-new", digest: "d"),
            Check = (d, reply, fault) => Created(d, "u3", LeftBehind, reply, fault),
            Rivals =
            [
                new("take-over by another", d => d.CreateUser("u4", LeftBehind, "e-other", digest: "d"), (d, one, two) => OneWins(d, LeftBehind, ("u3", one), ("u4", two))),
                new("create by who left it behind", d => d.CreateUser(NeverMade, LeftBehind, "e-other", digest: "d"), (d, one, two) => OneWins(d, LeftBehind, ("u3", one), (NeverMade, two))),
            ],
        },
        new()
        {
            Name = "take-over by a rename",
            Run = (d, _) => d.Set("u0", "userName", LeftBehind),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u0", LeftBehind);
            },
            Rivals =
            [
                new("take-over by another", d => d.Set("u1", "userName", LeftBehind), (d, one, two) => OneWins(d, LeftBehind, ("u0", one), ("u1", two))),
                new("create by who left it behind", d => d.CreateUser(NeverMade, LeftBehind, "e-other", digest: "d"), (d, one, two) => OneWins(d, LeftBehind, ("u0", one), (NeverMade, two))),
            ],
        },
        new()
        {
            Name = "change of a hint",
            Run = (d, _) => d.Set("u0", "externalId", "e-new"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Owners(Hints, "e-new")).ShouldBe(["u0"]);
                (await d.Owners(Hints, "e0")).ShouldBeEmpty();
            },
            Rivals =
            [
                new("change of the same hint", d => d.Set("u0", "externalId", "e-other"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.Owners(Hints, "e0")).ShouldBeEmpty();
                }),
                new("delete", d => d.DeleteUser("u0"), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    (await d.Owners(Hints, "e0")).ShouldBeEmpty();
                }),
            ],
        },
        new()
        {
            Name = "change",
            Run = (d, _) => d.Set("u0", "title", "Countess"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.StoredUser("u0"))!.ContentVersion.ShouldBe(2);
            },
            Rivals =
            [
                new("change of another attribute", d => d.Set("u0", "nickName", "Ada"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    await Has(d, "u0", "title", "Countess");
                    await Has(d, "u0", "nickName", "Ada");
                }),
                new("membership", d => d.AddMembers("g1", ["u1", "u0"]), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    await Has(d, "u0", "title", "Countess");
                }),
            ],
        },
        new()
        {
            Name = "two changes",
            Run = async (d, attempt) =>
            {
                var reply = await ReplyAssertions.Insist(() => d.Set("u0", "title", $"first, {attempt}"));
                return reply.Error is null ? await d.Set("u0", "title", "second") : reply;
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Has(d, "u0", "title", "second");
            },
        },
        new()
        {
            Name = "delete of a user in groups",
            Run = async (d, _) =>
            {
                var reply = await d.DeleteUser("u0");
                await d.User("u0").Settle(d.Context);
                return reply;
            },
            Check = async (d, reply, fault) =>
            {
                // A second try finds it gone.
                Answered(reply, fault is null ? [200] : [200, 404]);
                (await d.UserNameOf("u0")).ShouldBeNull();
                (await d.Members("g0")).ShouldBe(["u1"]);
                (await d.Members("g1")).ShouldBeEmpty();
            },
            Rivals =
            [
                new("create of its name", d => d.CreateUser("u3", "name0", "e0", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 409);
                    (await d.UserNameOf("u3")).ShouldBe(two.Error is null ? "name0" : null);
                }),
                new("change", d => d.Set("u0", "title", "Countess"), Deleted),
                new("membership of another in its group", d => d.AddMembers("g0", ["u2"]), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u1", "u2"]);
                }),
                new("delete of its group", d => d.DeleteGroup("g0"), Deleted),
            ],
        },
        new()
        {
            Name = "group created",
            Run = (d, _) => d.CreateGroupByKey("g2", "New", "u1", "u2"),
            Check = async (d, reply, fault) =>
            {
                if (!IsTooLate(reply, fault))
                {
                    Answered(reply, 200);
                    (await d.Members("g2")).ShouldBe(["u1", "u2"]);
                }
            },
            Rivals =
            [
                new("delete of a member", d => d.DeleteUser("u2"), async (d, one, two) =>
                {
                    // Who is gone before it is looked for is refused.
                    Answered(one, 200, 400);
                    Answered(two, 200);
                    if (one.Error is null)
                    {
                        (await d.Members("g2")).ShouldBe(["u1"]);
                    }
                }),
            ],
        },
        new()
        {
            Name = "group created without a key",
            Run = (d, attempt) => d.CreateGroup($"n{attempt}", "New", "u1", "u2"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                var id = TestDirectory.Document(reply)["id"]!.GetValue<string>();
                (await d.Members(id)).ShouldBe(["u1", "u2"]);
            },
        },
        new()
        {
            Name = "group renamed",
            Run = (d, _) => d.SetGroup("g0", "displayName", "New"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Owners("g-displayname", "new")).ShouldBe(["g0"]);
                (await d.Owners("g-displayname", "staff")).ShouldBeEmpty();
            },
            Rivals =
            [
                new("rename to another name", d => d.SetGroup("g0", "displayName", "Other"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.Owners("g-displayname", "staff")).ShouldBeEmpty();
                }),
            ],
        },
        new()
        {
            Name = "member added",
            Run = (d, _) => d.AddMembers("g0", ["u2"]),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Members("g0")).ShouldBe(["u0", "u1", "u2"]);
            },
            Rivals =
            [
                new("removal of another", d => d.RemoveMembers("g0", ["u0"]), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u1", "u2"]);
                }),
                new("removal of the same", d => d.RemoveMembers("g0", ["u2"]), Both),
                new("delete of the member", d => d.DeleteUser("u2"), async (d, one, two) =>
                {
                    Answered(one, 200, 400);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u0", "u1"]);
                }),
                new("delete of the group", d => d.DeleteGroup("g0"), Deleted),
            ],
        },
        new()
        {
            Name = "member removed",
            Run = (d, _) => d.RemoveMembers("g0", ["u0"]),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Members("g0")).ShouldBe(["u1"]);
            },
            Rivals =
            [
                new("addition of another", d => d.AddMembers("g0", ["u2"]), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u1", "u2"]);
                }),
                new("addition of the same", d => d.AddMembers("g0", ["u0"]), Both),
                new("delete of the member", d => d.DeleteUser("u0"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u1"]);
                }),
            ],
        },
        new()
        {
            Name = "members replaced",
            Run = (d, _) => d.ReplaceGroup("g0", "Crew", "u1", "u2"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Members("g0")).ShouldBe(["u1", "u2"]);
            },
            Rivals = [new("replaced otherwise", d => d.ReplaceGroup("g0", "Team", "u0"), Both)],
        },
        new()
        {
            Name = "group added to a group",
            Run = (d, _) => d.AddMembers("g0", ["g1"]),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Members("g0")).ShouldBe(["g1", "u0", "u1"]);
            },
            Rivals =
            [
                new("the other way round", d => d.AddMembers("g1", ["g0"]), Both),
                new("delete of the member", d => d.DeleteGroup("g1"), async (d, one, two) =>
                {
                    Answered(one, 200, 400);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u0", "u1"]);
                }),
            ],
        },
        new()
        {
            Name = "group delete",
            Run = async (d, _) =>
            {
                var reply = await d.DeleteGroup("g0");
                await d.Group("g0").Settle(d.Context);
                return reply;
            },
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);

                // Where calls took long by the clock, the row has gone in the meantime.
                ((await d.StoredGroup("g0"))?.Status ?? ResourceStatus.Tombstone).ShouldBe(ResourceStatus.Tombstone);
            },
            Rivals =
            [
                new("addition of a member", d => d.AddMembers("g0", ["u2"]), Deleted),
                new("delete of a member", d => d.DeleteUser("u0"), Deleted),
                new("membership in another", d => d.AddMembers("g1", ["g0"]), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200, 400);
                    (await d.Members("g1")).ShouldBe(["u0"]);
                }),
            ],
        },
        new()
        {
            Name = "split",
            Run = async (d, _) => Reply(await d.Bucket(IndexNames.UserId).Split(0) == BucketStatus.Ok),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Cluster.Stored<BucketState>("bucket", d.BucketKey(IndexNames.UserId, 1))).ShouldNotBeNull();
            },
            Rivals =
            [
                new("create", d => d.CreateUser("u3", "new", "e-new", digest: "d"), Both),
                new("delete", d => d.DeleteUser("u0"), Both),
            ],
        },
        new()
        {
            Name = "width raised",
            Run = (d, _) => Grow(d, IndexNames.UserId),
            Check = async (d, reply, fault) =>
            {
                // A call that nobody waits for any more may have raised it once more.
                Answered(reply, 200);
                (await d.Cluster.Stored<DirectoryState>("directory", d.Context.Id))!.WidthOf(IndexNames.UserId).ShouldBeInRange(2, fault is null ? 2 : 3);
            },
            Rivals =
            [
                new("create", d => d.CreateUser("u3", "new", "e-new", digest: "d"), Both),
                new("width raised of another index", d => Grow(d, IndexNames.GroupId), Both),
            ],
        },
        new()
        {
            Name = "width of a group raised",
            Prepare = async d =>
            {
                var index = IndexNames.Members("g0");
                var client = d.Index();
                (await client.Apply(index, [.. Enumerable.Range(0, Crowd).Select(i => new IndexChange
                {
                    Kind = ChangeKind.Remove,
                    Key = client.KeyOf(index, $"x{i}"),
                    Id = $"x{i}",
                    Version = 1,
                })])).ShouldBeTrue();
            },
            Run = (d, _) => d.AddMembers("g0", ["u2"]),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Members("g0")).ShouldBe(["u0", "u1", "u2"]);
                (await d.Cluster.Stored<BucketState>("bucket", d.BucketKey(IndexNames.Members("g0"), 1))).ShouldNotBeNull();
            },
            Rivals =
            [
                new("removal of a member", d => d.RemoveMembers("g0", ["u0"]), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u1", "u2"]);
                }),
            ],
        },
        new()
        {
            Name = "archive",
            Rules = GrainCluster.ArchivingRules,
            Run = async (d, _) =>
            {
                var reply = await d.DeleteUser("u0");
                await d.User("u0").Settle(d.Context);
                return reply;
            },
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);
                await Kept(d, "u0", "name0");
                (await d.Members("g0")).ShouldBe(["u1"]);
                (await d.Members("g1")).ShouldBeEmpty();
            },
            Rivals =
            [
                new("create of its name", d => d.CreateUser("u3", "name0", "e0", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 409);
                    await Kept(d, "u0", "name0");
                    (await d.UserNameOf("u3")).ShouldBe(two.Error is null ? "name0" : null);
                }),
                new("change", d => d.Set("u0", "title", "Countess"), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 404);
                    await Kept(d, "u0", "name0");
                }),
                new("restore", d => d.RestoreUser("u0"), async (d, one, two) =>
                {
                    // The one who comes last has it: but one of them has it whole.
                    Answered(one, 200, 404);
                    Answered(two, 200, 503);
                    if (await d.UserNameOf("u0") is { } name)
                    {
                        name.ShouldBe("name0");
                    }
                    else
                    {
                        await Kept(d, "u0", "name0");
                    }
                }),
                new("membership of another in its group", d => d.AddMembers("g0", ["u2"]), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    (await d.Members("g0")).ShouldBe(["u1", "u2"]);
                }),
            ],
        },
        new()
        {
            Name = "restore",
            Rules = GrainCluster.ArchivingRules,
            Prepare = ArchiveFirst,
            Run = (d, _) => d.RestoreUser("u0"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u0", "name0");
                (await d.Owners(Hints, "e0")).ShouldBe(["u0"]);
                (await d.Archive()).ShouldBeEmpty();
                (await d.User("u0").Groups()).ShouldBeEmpty();
            },
            Rivals =
            [
                new("create of the same name", d => d.CreateUser("u3", "name0", "e-new", digest: "d"), (d, one, two) => OneWins(d, "name0", ("u0", one), ("u3", two))),
                new("rename to the same name", d => d.Set("u1", "userName", "name0"), (d, one, two) => OneWins(d, "name0", ("u0", one), ("u1", two))),
                new("erasure", d => d.EraseUser("u0"), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200, 404, 409);
                    (one.Error is null).ShouldNotBe(two.Error is null, "Either it is back, or it is gone.");
                    (await d.UserNameOf("u0")).ShouldBe(one.Error is null ? "name0" : null);
                }),
                new("restore and delete", async d =>
                {
                    var reply = await ReplyAssertions.Insist(() => d.RestoreUser("u0"));
                    return reply.Error is null ? await d.DeleteUser("u0") : reply;
                }, async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200, 404);
                    if (await d.UserNameOf("u0") is null)
                    {
                        await Kept(d, "u0", "name0");
                    }
                }),
            ],
        },
        new()
        {
            Name = "restore, name taken",
            Rules = GrainCluster.ArchivingRules,
            Prepare = async d =>
            {
                await ArchiveFirst(d);
                await d.CreateUser("u3", "name0", "e3").ShouldSucceed();
            },
            Run = (d, _) => d.RestoreUser("u0"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 409);
                reply.Error!.Detail.ShouldContain("u3");
                await Kept(d, "u0", "name0");
                await Named(d, "u3", "name0");
            },
            Rivals =
            [
                new("rename of who has it", d => d.Set("u3", "userName", "other"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200);
                    (await d.UserNameOf("u0")).ShouldBe(one.Error is null ? "name0" : null);
                }),
            ],
        },
        new()
        {
            Name = "archive and restore",
            Rules = GrainCluster.ArchivingRules,
            Run = async (d, _) =>
            {
                var reply = await ReplyAssertions.Insist(() => d.DeleteUser("u2"));
                return reply.Error is null or { Status: 404 } ? await d.RestoreUser("u2") : reply;
            },
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Named(d, "u2", "name2");
                (await d.Archive()).ShouldBeEmpty();
            },
        },
        new()
        {
            Name = "erasure",
            Rules = GrainCluster.ArchivingRules,
            Prepare = ArchiveFirst,
            Run = (d, _) => d.EraseUser("u0"),
            Check = async (d, reply, fault) =>
            {
                Answered(reply, fault is null ? [200] : [200, 404]);
                (await d.StoredUser("u0"))?.Attributes.ShouldBeNull();
                (await d.User("u0").Inspect(d.Context)).ShouldBeNull();
            },
            Rivals =
            [
                new("create of its name", d => d.CreateUser("u3", "name0", "e-new", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200, 404);
                    Answered(two, 200);
                    await Named(d, "u3", "name0");
                }),
            ],
        },
        new()
        {
            Name = "import into the archive",
            Rules = GrainCluster.ArchivingRules,
            Run = (d, _) => d.ImportArchived("u3", "name0"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                await Kept(d, "u3", "name0");
                await Named(d, "u0", "name0");
            },
            Rivals =
            [
                new("create with the same id", d => d.CreateUser("u3", "new", digest: "d"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200, 409);
                    (one.Error is null).ShouldNotBe(two.Error is null);
                }),
            ],
        },
        new()
        {
            Name = "invitation",
            Rules = GrainCluster.ArchivingRules,
            Run = (d, _) => d.InviteUser("u0"),
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.StoredUser("u0"))!.Invitation!.By.ShouldBe("someone");
                (await d.StoredUser("u0"))!.ContentVersion.ShouldBe(1);
            },
            Rivals =
            [
                new("change", d => d.Set("u0", "title", "Countess"), async (d, one, two) =>
                {
                    Answered(one, 200);
                    Answered(two, 200);
                    (await d.StoredUser("u0"))!.Invitation.ShouldNotBeNull();
                    await Has(d, "u0", "title", "Countess");
                }),
                new("delete", d => d.DeleteUser("u0"), async (d, one, two) =>
                {
                    Answered(one, 200, 409);
                    Answered(two, 200);
                    await Kept(d, "u0", "name0");
                    ((await d.StoredUser("u0"))!.Invitation is null).ShouldBe(one.Error is not null);
                }),
            ],
        },
        new()
        {
            Name = "directory with an archive removed",
            Rules = GrainCluster.ArchivingRules,
            Removes = true,
            Prepare = ArchiveFirst,
            Run = Remove,
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Grain.Context()).ShouldBeNull();
            },
        },
        new()
        {
            Name = "directory removed",
            Removes = true,
            Run = Remove,
            Check = async (d, reply, _) =>
            {
                Answered(reply, 200);
                (await d.Grain.Context()).ShouldBeNull();
            },
        },
    ];

    private static async Task<ResourceReply> Remove(TestDirectory d, int attempt)
    {
        await d.Grain.Remove();

        // It goes on by itself, and when it was interrupted, from when the directory is next asked for.
        var grains = d.Cluster[d.Home];
        var until = d.Cluster.Clock.GetUtcNow() + EngineCluster.ResponseTimeout;
        await d.Cluster.Eventually(async () =>
            d.Cluster[d.Home] != grains
            || d.Cluster.Clock.GetUtcNow() >= until
            || (await d.Cluster.Stored<DirectoryState>("directory", d.Context.Id))!.Removed
            || (await d.Grain.Describe()) is null);
        return Reply((await d.Cluster.Stored<DirectoryState>("directory", d.Context.Id))!.Removed);
    }

    /// <summary>The user of all groups is deleted, has left them, and time has passed: its row is one of a long time ago.</summary>
    private static async Task ArchiveFirst(TestDirectory directory)
    {
        await directory.DeleteUser("u0").ShouldSucceed();
        await directory.User("u0").Settle(directory.Context);
    }

    private static async Task Kept(TestDirectory directory, string id, string name)
    {
        (await directory.User(id).Read(directory.Context)).Error!.Status.ShouldBe(404);
        var record = (await directory.User(id).Inspect(directory.Context)).ShouldNotBeNull();
        record.Deleted.ShouldNotBeNull();
        ((string?)TestDirectory.Document(record.Document)["userName"]).ShouldBe(name);
        record.Groups.ShouldBeEmpty();
        (await directory.Archive()).ShouldContain(id);
        (await directory.Owners(IndexNames.UserName, name)).ShouldNotContain(id);
    }

    /// <summary>Each call raises the width by one: it is called until the width is two.</summary>
    private static async Task<ResourceReply> Grow(TestDirectory directory, string index)
    {
        if ((await directory.Grain.Context())?.WidthOf(index) == 1)
        {
            await directory.Grain.Grow(index);
        }

        return Reply((await directory.Grain.Context())?.WidthOf(index) > 1);
    }

    private static ResourceReply Reply(bool done) => done ? new ResourceReply() : GrainError.Retry;

    private static void Answered(ResourceReply reply, params int[] statuses) => statuses.ShouldContain(reply.Error?.Status ?? 200, reply.Error?.Detail);

    private static async Task Named(TestDirectory directory, string id, string name)
    {
        (await directory.UserNameOf(id)).ShouldBe(name);
        (await directory.Owners(IndexNames.UserName, name)).ShouldBe([id]);
    }

    private static async Task Created(TestDirectory directory, string id, string name, ResourceReply reply, FaultKind? fault)
    {
        if (IsTooLate(reply, fault))
        {
            (await directory.UserNameOf(id)).ShouldBeNull();
            return;
        }

        Answered(reply, 200);
        await Named(directory, id, name);
    }

    /// <summary>A create that was cut off, and not tried again before the log came to ask after it, is not to be.</summary>
    private static bool IsTooLate(ResourceReply reply, FaultKind? fault) =>
        fault == FaultKind.OutlastsTheCalls && reply.Error is { Status: 409, ScimType: null };

    private static async Task Has(TestDirectory directory, string id, string attribute, string value) =>
        ((string?)TestDirectory.Document(await directory.User(id).Read(directory.Context))[attribute]).ShouldBe(value);

    private static async Task OneWins(TestDirectory directory, string name, (string Id, ResourceReply Reply) one, (string Id, ResourceReply Reply) two)
    {
        Answered(one.Reply, 200, 409);
        Answered(two.Reply, 200, 409);
        ((one.Reply.Error is null) ^ (two.Reply.Error is null)).ShouldBeTrue("Exactly one wins.");
        await Named(directory, one.Reply.Error is null ? one.Id : two.Id, name);
    }

    private static Task Both(TestDirectory directory, ResourceReply one, ResourceReply two)
    {
        Answered(one, 200);
        Answered(two, 200);
        return Task.CompletedTask;
    }

    /// <summary>What is deleted by either cannot be changed by the other.</summary>
    private static Task Deleted(TestDirectory directory, ResourceReply one, ResourceReply two)
    {
        Answered(one, 200, 404);
        Answered(two, 200, 404);
        return Task.CompletedTask;
    }
}
