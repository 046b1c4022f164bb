using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Commands;

/// <summary>A database with users, groups in groups, splits, renames and deletions, of a server that has stopped with all of it settled.</summary>
public sealed class SoundStore : IAsyncLifetime
{
    public const int UserCount = 200;

    private string folder = "";
    private string adminKey = "";

    public string File => Path.Combine(folder, "muster.db");

    public string Directory { get; private set; } = "";

    public string Tenant { get; private set; } = "";

    /// <summary>Users that were made and never touched since.</summary>
    public string[] Users { get; private set; } = [];

    public string Renamed { get; private set; } = "";

    public string Deleted { get; private set; } = "";

    /// <summary>A group of users 0 to 2.</summary>
    public string Small { get; private set; } = "";

    /// <summary>A group of all users, so many that its index has split.</summary>
    public string Big { get; private set; } = "";

    /// <summary>A group that has <see cref="Small"/> as its member.</summary>
    public string Nested { get; private set; } = "";

    internal string Token { get; private set; } = "";

    /// <summary>What a client sees of it.</summary>
    internal string Seen { get; private set; } = "";

    public async Task InitializeAsync()
    {
        folder = System.IO.Directory.CreateTempSubdirectory("muster-check-tests-").FullName;
        var server = await TestServer.Start(folder);
        adminKey = server.AdminKey!;
        var directory = await server.MakeDirectory(more: ""","userIndexes":["externalId","emails[type eq \"work\"].value"]""");
        (Directory, Tenant, Token) = (directory.Id, directory.Tenant, directory.Token);
        var made = await Task.WhenAll(Enumerable.Range(0, UserCount).Select(async i =>
            (await directory.Scim.Post("/Users", Bodies.User($"user{i}", $$""","externalId":"x{{i}}","emails":[{"type":"work","value":"Work{{i}}@x"},{"type":"home","value":"home@x"}]"""))).ShouldBe(201).Id));
        Users = made;
        Renamed = await directory.MakeUser("before");
        (await directory.Scim.Patch($"/Users/{Renamed}", Bodies.Replace("userName", "\"after\""))).ShouldBe(200);
        Deleted = await directory.MakeUser("gone");
        Small = await directory.MakeGroup("Small", [.. made[..3], Deleted]);
        Big = await directory.MakeGroup("Big", made);
        Nested = await directory.MakeGroup("Nested", Small, made[5]);
        var goneGroup = await directory.MakeGroup("Gone", made[..10]);
        (await directory.Scim.Delete($"/Users/{Deleted}")).ShouldBe(204);
        (await directory.Scim.Delete($"/Groups/{goneGroup}")).ShouldBe(204);
        Seen = await See(directory.Scim);
        await SettleLog(server, Directory);
        await server.Stop();
    }

    public Task DisposeAsync()
    {
        System.IO.Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A copy in a folder of its own.</summary>
    public StoreCopy Copy()
    {
        var copy = System.IO.Directory.CreateTempSubdirectory("muster-check-tests-").FullName;
        System.IO.File.Copy(File, Path.Combine(copy, "muster.db"));
        return new StoreCopy(this, copy);
    }

    /// <summary>What a client sees in a folder's database.</summary>
    internal async Task<string> See(string inFolder)
    {
        await using var server = await TestServer.Start(inFolder, adminKey: adminKey);
        return await See(server.Client("/scim/v2", Token));
    }

    /// <summary>Has the log write down what has been settled, as its timer does every five seconds.</summary>
    internal static async Task SettleLog(TestServer server, string directory)
    {
        var grains = server.Services.GetRequiredService<IGrainFactory>();
        var context = (await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directory)).Context())!;
        await grains.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory)).Sweep(context);
    }

    private static async Task<string> See(ApiClient scim)
    {
        var users = await scim.Get("/Users?count=1000&attributes=userName,externalId,groups");
        var groups = await scim.Get("/Groups?count=1000&attributes=displayName");
        var members = new List<string>();
        foreach (var group in groups.ShouldBe(200).Resources)
        {
            var found = (await scim.Get($"/Groups/{group!["id"]}")).ShouldBe(200).Json["members"]?.AsArray() ?? [];
            members.Add($"{group["displayName"]}: {string.Join(' ', found.Select(m => m!["value"]!.GetValue<string>()).Order(StringComparer.Ordinal))}");
        }

        var seen = users.ShouldBe(200).Resources.Select(u =>
            $"{u!["userName"]} {u["externalId"]}: {string.Join(' ', (u["groups"]?.AsArray() ?? []).Select(g => g!["value"]!.GetValue<string>()).Order(StringComparer.Ordinal))}");
        return $"{users.TotalResults}\n{string.Join('\n', seen.Order(StringComparer.Ordinal))}\n{string.Join('\n', members.Order(StringComparer.Ordinal))}";
    }
}
