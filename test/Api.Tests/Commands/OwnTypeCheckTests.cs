using Api.Commands;
using Grains.Checking;

namespace Api.Tests.Commands;

/// <summary>A check of a database with resources of a directory's own types, and its repair.</summary>
public sealed class OwnTypeCheckTests : IAsyncLifetime
{
    private const int DeviceCount = 150;

    private readonly List<string> devices = [];
    private string folder = "";
    private string directoryId = "";
    private string token = "";
    private string adminKey = "";

    private string Database => Path.Combine(folder, "muster.db");

    public async Task InitializeAsync()
    {
        folder = Directory.CreateTempSubdirectory("muster-check-types-").FullName;
        var server = await TestServer.Start(folder);
        adminKey = server.AdminKey!;
        var directory = await server.MakeDirectory();
        (directoryId, token) = (directory.Id, directory.Token);
        (await server.Admin.Put(
            $"/directories/{directoryId}/resource-types/Device",
            """{"endpoint":"/Devices","schema":{"id":"urn:example:device","name":"Device","attributes":[{"name":"serial"}]}}""")).ShouldBe(201);
        await directory.MakeUser("ada");
        devices.AddRange(await Task.WhenAll(Enumerable.Range(0, DeviceCount).Select(async i =>
            (await directory.Scim.Post("/Devices", $$"""{"serial":"s{{i}}","externalId":"e{{i}}"}""")).ShouldBe(201).Id)));
        (await directory.Scim.Delete($"/Devices/{devices[0]}")).ShouldBe(204);
        await SoundStore.SettleLog(server, directoryId);
        await server.Stop();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Check_DamagesOfDevices_AreFoundAndMendedWithNothingLost()
    {
        var sound = Check();
        sound.Findings.ShouldBeEmpty(string.Join('\n', sound.Findings));
        (sound.Users, sound.Groups, sound.Others).ShouldBe((1, 0, DeviceCount - 1));

        using (var store = OfflineStore.Open(Database))
        {
            // The entries of all ids of one bucket, and the one of all ids.
            store.Delete([("bucket", $"{directoryId}.t-device-externalid.0", "bucket")]);
        }

        await Edit<Grains.Events.EventLogState>("eventlog", directoryId, l => l with { Others = [] });
        await Edit<Grains.Users.UserState>("user", $"{directoryId}.{devices[1]}", u => u with { Type = null, Attributes = new Grains.Storage.RawJson { Utf8 = """{"userName":"eve"}"""u8.ToArray() } });
        var found = Check();
        found.Findings.ShouldContain(f => f.Kind == FindingKind.CountWrong && f.Mendable);
        found.Findings.ShouldContain(f => f.Kind == FindingKind.ResourceLost && f.Subject.Contains(devices[1]), "the log knows it as a device");
        found.Findings.ShouldContain(f => f.Kind == FindingKind.ClaimMissing && f.Subject.Contains(devices[1]), "a user has its name");
        await Edit<Grains.Users.UserState>("user", $"{directoryId}.{devices[1]}", u => u with
        {
            Type = "Device",
            Attributes = new Grains.Storage.RawJson { Utf8 = """{"schemas":["urn:example:device"],"serial":"s1","externalId":"e1"}"""u8.ToArray() },
        });
        await Edit<Grains.Users.UserState>("user", $"{directoryId}.{devices[2]}", u => u with { Type = "Gadget" });
        Check().Findings.ShouldContain(f => f.Kind == FindingKind.RowUnknown && f.Detail.Contains("Gadget"));
        await Edit<Grains.Users.UserState>("user", $"{directoryId}.{devices[2]}", u => u with { Type = "Device" });

        var mended = new List<string>();
        var repair = new OfflineRepair(Database, line =>
        {
            lock (mended)
            {
                mended.Add(line);
            }
        });
        var after = await repair.Mend(Check(), acceptLoss: false);

        after.Findings.ShouldBeEmpty(string.Join('\n', after.Findings));
        mended.ShouldNotBeEmpty();
        await using var server = await TestServer.Start(folder, adminKey: adminKey);
        var scim = server.Client("/scim/v2", token);
        (await scim.Get("/Devices?count=1")).ShouldBe(200).TotalResults.ShouldBe(DeviceCount - 1);
        for (var i = 1; i < DeviceCount; i += 29)
        {
            (await scim.Find("/Devices", $"externalId eq \"e{i}\"")).ShouldBe(200).Resources.Select(r => r!["id"]!.GetValue<string>()).ShouldBe([devices[i]]);
        }
    }

    private CheckReport Check() => new OfflineRepair(Database, _ => { }).Check();

    private async Task Edit<T>(string type, string key, Func<T, T> change)
        where T : class, new()
    {
        using var store = new SqliteStore(Database);
        var storage = new SqliteGrainStorage(store, new Grains.Storage.StateSerializer());
        var row = new GrainState<T>(new T());
        var id = GrainId.Create(type, key);
        await storage.ReadStateAsync(type, id, row);
        row.RecordExists.ShouldBeTrue($"{id} is there");
        row.State = change(row.State!);
        await storage.WriteStateAsync(type, id, row);
    }
}
