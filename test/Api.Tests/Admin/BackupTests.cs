using Api.Commands;
using Api.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Admin;

public sealed class BackupTests
{
    [Fact]
    public async Task Backup_WhileWritersWrite_HasAllThatWasAcknowledgedBefore()
    {
        await using var server = await TestServer.Start();
        var directory = await server.MakeDirectory();
        using var stop = new CancellationTokenSource();
        var before = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => directory.MakeUser($"before{i}")));
        var group = await directory.MakeGroup("Before", before);
        var writers = Enumerable.Range(0, 4).Select(async writer =>
        {
            var made = 0;
            for (; !stop.IsCancellationRequested; made++)
            {
                var user = await directory.MakeUser($"during-{writer}-{made}");
                (await directory.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(user))).ShouldBe(204);
            }

            return made;
        }).ToList();

        var first = (await server.Admin.Post("/backups", "")).ShouldBe(201);
        var second = (await server.Admin.Post("/backups", "")).ShouldBe(201);
        await stop.CancelAsync();
        (await Task.WhenAll(writers)).Sum().ShouldBeGreaterThan(0);

        first.Json["rows"]!.GetValue<long>().ShouldBeGreaterThan(50);
        first.Json["bytes"]!.GetValue<long>().ShouldBe(new FileInfo(Path.Combine(server.Folder, "backups", first.String("name")!)).Length);
        var listed = (await server.Admin.Get("/backups")).ShouldBe(200);
        listed.Json["items"]!.AsArray().Select(b => b!["name"]!.GetValue<string>()).ShouldBe([first.String("name")!, second.String("name")!]);

        var restored = Directory.CreateTempSubdirectory("muster-backup-tests-").FullName;
        try
        {
            var file = Path.Combine(restored, "muster.db");
            SqliteRestore.Run(Path.Combine(server.Folder, "backups", first.String("name")!), file, TimeProvider.System.GetUtcNow()).Kept.ShouldBeEmpty();
            new OfflineRepair(file, _ => { }).Check().IsSound.ShouldBeTrue();
            await using var again = await TestServer.Start(restored, adminKey: server.AdminKey);
            var scim = again.Client("/scim/v2", directory.Token);
            foreach (var user in before)
            {
                (await scim.Get($"/Users/{user}")).ShouldBe(200).Json["groups"]![0]!["value"]!.GetValue<string>().ShouldBe(group);
            }
        }
        finally
        {
            Directory.Delete(restored, recursive: true);
        }
    }

    [Fact]
    public async Task Backup_FolderThatCannotBe_Is503AndTheServerGoesOn()
    {
        var taken = Path.GetTempFileName();
        try
        {
            await using var server = await TestServer.Start(args: ["--Storage:Backups", taken]);

            (await server.Admin.Post("/backups", "")).ShouldBeProblem(503).String("detail").ShouldNotBeNull().ShouldContain(taken);

            (await server.Admin.Get("/backups")).ShouldBe(200).Json["items"]!.AsArray().ShouldBeEmpty();
            (await server.Admin.Post("/tenants", """{"name":"T"}""")).ShouldBe(201);
        }
        finally
        {
            File.Delete(taken);
        }
    }

    [Fact]
    public async Task Backup_WhileOneIsUnderWay_Is409()
    {
        var backups = new HeldBackups();
        await using var server = await TestServer.Start(configure: b => b.Services.AddSingleton<Api.Admin.IBackups>(backups));

        (await server.Admin.Post("/backups", "")).ShouldBeProblem(409);
    }

    [Fact]
    public async Task Backup_EngineThatHasNone_Is501AndSaysWhose()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "no-such-engine");
        await using var server = await TestServer.Start(configure: b => b.Services.AddSingleton<Api.Admin.IBackups>(new ElsewhereBackups(file)));

        (await server.Admin.Post("/backups", "")).ShouldBeProblem(501).String("detail").ShouldBe(file);
        (await server.Admin.Get("/backups")).ShouldBeProblem(501);
    }

    [Fact]
    public async Task Command_ServerRunning_AsksItAndMovesTheFile()
    {
        const string Key = "0123456789abcdef0123456789abcdef";
        await using var server = await TestServer.Start(args: ["--Admin:Key", Key]);
        var to = Path.Combine(server.Folder, "elsewhere", "mine.db");
        await using var output = new StringWriter();
        var settings = new MusterSettings { StoragePath = Path.Combine(server.Folder, "muster.db"), AdminKey = Key };

        (await new BackupCommand(settings, to, new Uri(server.Url), output).Run(CancellationToken.None)).ShouldBe(0);

        new OfflineRepair(to, _ => { }).Check().IsSound.ShouldBeTrue();
        Directory.EnumerateFiles(Path.Combine(server.Folder, "backups")).ShouldBeEmpty();
        var refused = await Should.ThrowAsync<IOException>(new BackupCommand(settings with { AdminKey = Key + "x" }, to + "2", new Uri(server.Url), output).Run(CancellationToken.None));
        refused.Message.ShouldContain("401");
        File.Exists(to + "2").ShouldBeFalse();
    }

    [Fact]
    public async Task Command_NoServer_CopiesTheFileItself()
    {
        var folder = Directory.CreateTempSubdirectory("muster-backup-tests-").FullName;
        try
        {
            await (await TestServer.Start(folder)).Stop();
            var settings = new MusterSettings { StoragePath = Path.Combine(folder, "muster.db") };
            await using var output = new StringWriter();

            (await new BackupCommand(settings, to: null, url: null, output).Run(CancellationToken.None)).ShouldBe(0);

            var made = Directory.EnumerateFiles(Path.Combine(folder, "backups")).ShouldHaveSingleItem();
            output.ToString().ShouldContain(made);
            new OfflineRepair(made, _ => { }).Check().IsSound.ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Stands for a store that is at one already.</summary>
    private sealed class HeldBackups : Api.Admin.IBackups
    {
        public string? Unavailable => null;

        public Task<Api.Admin.Backup> Make() => throw new InvalidOperationException("A backup is under way.");

        public List<Api.Admin.BackupItem> List() => [];
    }

    /// <summary>Stands for an engine whose storage has backups of its own.</summary>
    private sealed class ElsewhereBackups(string why) : Api.Admin.IBackups
    {
        public string Unavailable => why;

        public Task<Api.Admin.Backup> Make() => throw new NotSupportedException();

        public List<Api.Admin.BackupItem> List() => throw new NotSupportedException();
    }
}
