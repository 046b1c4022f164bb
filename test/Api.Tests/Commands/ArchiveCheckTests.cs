using Api.Commands;
using Api.Hosting;
using Grains.Checking;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Commands;

/// <summary>A check of a database with an archive, and its repair.</summary>
public sealed class ArchiveCheckTests
{
    [Fact]
    public async Task Check_AnArchive_IsSound_AndIsMendedBothWays()
    {
        var folder = Directory.CreateTempSubdirectory("muster-check-archive-").FullName;
        var server = await TestServer.Start(folder);
        var adminKey = server.AdminKey!;
        (await server.Admin.Put("/profiles/keeping", """{"name":"keeping","archive":{"retentionDays":30}}""")).ShouldBe(201);
        var directory = await server.MakeDirectory(more: ""","profile":"keeping" """);
        var kept = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            kept.Add(await directory.MakeUser($"user{i}"));
            (await directory.Scim.Delete($"/Users/{kept[i]}")).ShouldBe(204);
        }

        (await server.Admin.Post($"/directories/{directory.Id}/users/{kept[2]}/restore", "")).ShouldBe(200);
        var standing = await directory.MakeUser("standing");
        await SoundStore.SettleLog(server, directory.Id);
        await server.Stop();
        var database = Path.Combine(folder, "muster.db");
        var repair = new OfflineRepair(database, _ => { });
        var sound = repair.Check();
        sound.Findings.ShouldBeEmpty(string.Join('\n', sound.Findings));

        await StoredRows.Edit<Grains.Indexes.BucketState>(database, "bucket", $"{directory.Id}.archive.0", b => b with
        {
            // One is missing, and one is there that does not belong.
            Entries = [.. b.Entries.Select(e => e.Value == kept[0] ? e with { Owners = [] } : e.Value == kept[1] ? e with { Owners = [.. e.Owners, new Grains.Indexes.BucketOwner { Id = standing, Version = 1 }] } : e)],
        });
        var found = repair.Check();
        found.Findings.ShouldContain(f => f.Kind == FindingKind.EntryMissing && f.Subject.Contains(kept[0]) && f.Mendable);
        found.Findings.ShouldContain(f => f.Kind == FindingKind.EntryStale && f.Detail.Contains(standing) && f.Mendable);
        (await repair.Mend(found, acceptLoss: false)).Findings.ShouldBeEmpty();

        StoredRows.Drop(database, "bucket", $"{directory.Id}.archive.0");

        var emptied = repair.Check();
        emptied.Findings.Count(f => f.Kind == FindingKind.EntryMissing).ShouldBe(2);
        (await repair.Mend(emptied, acceptLoss: false)).Findings.ShouldBeEmpty();
        await using (var again = await TestServer.Start(folder, adminKey: adminKey))
        {
            var archived = (await again.Admin.Get($"/directories/{directory.Id}/users?state=archived")).ShouldBe(200);
            archived.Json["items"]!.AsArray().Select(u => (string)u!["id"]!).ShouldBe(kept.Take(2), ignoreOrder: true);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A directory that nobody asks for any more erases whom it has kept long enough, all the same.</summary>
    [Fact]
    public async Task Rounds_ADirectoryNobodyAsksFor_ErasesWhoseTimeIsOver()
    {
        var folder = Directory.CreateTempSubdirectory("muster-rounds-").FullName;
        var clock = new ManualTimeProvider();
        var server = await TestServer.Start(folder, time: clock);
        var adminKey = server.AdminKey!;
        (await server.Admin.Put("/profiles/keeping", """{"name":"keeping","archive":{"retentionDays":1}}""")).ShouldBe(201);
        var directory = await server.MakeDirectory(more: ""","profile":"keeping" """);
        var before = await directory.MakeUser("before");
        var after = await directory.MakeUser("after");
        (await directory.Scim.Delete($"/Users/{before}")).ShouldBe(204);
        await Later(TimeSpan.FromHours(20));
        (await server.Client("/scim/v2", directory.Token).Delete($"/Users/{after}")).ShouldBe(204);
        await Later(TimeSpan.FromHours(5));

        await server.Services.GetRequiredService<DirectoryRounds>().Go(CancellationToken.None);

        await server.Stop();
        var database = Path.Combine(folder, "muster.db");
        (await StoredRows.Read<Grains.Users.UserState>(database, "user", $"{directory.Id}.{before}")).Attributes.ShouldBeNull();
        (await StoredRows.Read<Grains.Users.UserState>(database, "user", $"{directory.Id}.{after}")).Attributes.ShouldNotBeNull();

        Directory.Delete(folder, recursive: true);

        // The clock moves while no server runs: what is under way then would time out.
        async Task Later(TimeSpan time)
        {
            await server.DisposeAsync();
            clock.Advance(time);
            server = await TestServer.Start(folder, time: clock, adminKey: adminKey);
        }
    }
}
