using System.Text;
using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Queries;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Groups;
using Grains.Indexes;
using Grains.Users;

namespace Grains.Tests;

/// <summary>A directory as its front sees it: requests in, answers out.</summary>
/// <param name="cluster">The silos.</param>
/// <param name="context">The directory.</param>
/// <param name="home">The silo that is asked where none is named.</param>
internal sealed class TestDirectory(GrainCluster cluster, DirectoryContext context, int home = 0)
{
    private const string Patch = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>When what is imported was made.</summary>
    public static readonly DateTimeOffset ElsewhereCreated = new(2020, 2, 29, 12, 34, 56, 789, TimeSpan.Zero);

    /// <summary>A resource type of the directory's own.</summary>
    public static readonly DirectoryResourceType DeviceType = new()
    {
        Name = "Device",
        Endpoint = "/Devices",
        Definition = """{"id":"urn:example:device","name":"Device","attributes":[{"name":"serial","type":"string"}]}""",
    };

    public DirectoryContext Context => context;

    /// <summary>The directory, for calls about its devices.</summary>
    public DirectoryContext ForDevices => context.For("Device");

    /// <summary>The silo that is asked where none is named.</summary>
    public int Home => home;

    public GrainCluster Cluster => cluster;

    /// <summary>The same directory, asked through another silo: other activations, one storage.</summary>
    public TestDirectory At(int silo) => new(cluster, context, silo);

    /// <summary>The same directory as it is by now, where it has a row.</summary>
    public async Task<TestDirectory> Now() => new(cluster, await Grain.Context() ?? context, home);

    public IndexClient Index(int? silo = null) => new(cluster[silo ?? home], context);

    public string Key(string id) => GrainKeys.Resource(context.Id, id);

    public IUserGrain User(string id, int? silo = null) => cluster[silo ?? home].GetGrain<IUserGrain>(Key(id));

    public IGroupGrain Group(string id, int? silo = null) => cluster[silo ?? home].GetGrain<IGroupGrain>(Key(id));

    public IDirectoryGrain Grain => cluster[home].GetGrain<IDirectoryGrain>(GrainKeys.Directory(context.Id));

    public IEventLogGrain Log => cluster[home].GetGrain<IEventLogGrain>(GrainKeys.Directory(context.Id));

    public IBucketGrain Bucket(string index, long number = 0) => cluster[home].GetGrain<IBucketGrain>(BucketKey(index, number));

    public string BucketKey(string index, long number = 0) => GrainKeys.Bucket(context.Id, index, number);

    public static CreateResource NewUser(string userName, string? externalId = null, string? digest = null)
    {
        var attributes = new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"), ["userName"] = userName };
        if (externalId is not null)
        {
            attributes["externalId"] = externalId;
        }

        return new CreateResource { Attributes = Utf8(attributes), Digest = digest };
    }

    public static CreateResource NewGroup(string displayName, string[] members, string? digest = null) =>
        new() { Attributes = GroupBody(displayName, members), Digest = digest };

    public Task<ResourceReply> CreateUser(string id, string userName, string? externalId = null, string? digest = null, int? silo = null) =>
        User(id, silo).Create(context, NewUser(userName, externalId, digest));

    /// <summary>Makes a resource of the directory's own type.</summary>
    public Task<ResourceReply> CreateDevice(string id, string serial, string? externalId = null, string? digest = null, int? silo = null)
    {
        var attributes = new JsonObject { ["schemas"] = new JsonArray("urn:example:device"), ["serial"] = serial };
        if (externalId is not null)
        {
            attributes["externalId"] = externalId;
        }

        return User(id, silo).Create(ForDevices, new CreateResource { Attributes = Utf8(attributes), Digest = digest });
    }

    /// <summary>PATCH replace of one attribute of a device.</summary>
    public Task<ResourceReply> SetDevice(string id, string path, string value) =>
        User(id).Patch(ForDevices, new ChangeResource { Body = SetBody(path, value) });

    public Task<ResourceReply> CreateGroup(string id, string displayName, params string[] members) =>
        Group(id).Create(context, NewGroup(displayName, members));

    /// <summary>A create with an <c>Idempotency-Key</c>.</summary>
    public Task<ResourceReply> CreateGroupByKey(string id, string displayName, params string[] members) =>
        Group(id).Create(context, NewGroup(displayName, members, "d"));

    /// <summary>A user or the head of a group as it was elsewhere.</summary>
    public static ImportResource Elsewhere(CreateResource resource, long version = 7) => new()
    {
        Attributes = resource.Attributes,
        Version = version,
        Created = ElsewhereCreated,
        LastModified = ElsewhereCreated + TimeSpan.FromDays(1),
    };

    public async Task<ResourceReply> ImportUser(string id, string userName, string? externalId = null, long version = 7, int? silo = null) =>
        new() { Error = (await User(id, silo).Import(context, Elsewhere(NewUser(userName, externalId), version))).Error };

    public async Task<ResourceReply> ImportGroup(string id, string displayName, long version = 7) =>
        new() { Error = (await Group(id).Import(context, Elsewhere(NewGroup(displayName, []), version))).Error };

    public Task<ImportMembersReply> ImportMembers(string group, long version, params string[] members) =>
        Group(group).ImportMembers(context, new ImportMembers { Version = version, Members = [.. members.Select(m => new GroupMember { Id = m, Type = "User" })] });

    /// <summary>PATCH replace of one attribute.</summary>
    public Task<ResourceReply> Set(string id, string path, string value, int? silo = null, long[]? ifMatch = null) =>
        User(id, silo).Patch(context, new ChangeResource { Body = SetBody(path, value), IfMatch = ifMatch });

    public Task<ResourceReply> SetGroup(string id, string path, string value, int? silo = null) =>
        Group(id, silo).Patch(context, new ChangeResource { Body = SetBody(path, value) });

    public Task<ResourceReply> AddMembers(string group, IEnumerable<string> members, int? silo = null) =>
        Group(group, silo).Patch(context, new ChangeResource { Body = MembersBody("add", members) });

    public Task<ResourceReply> RemoveMembers(string group, IEnumerable<string> members, int? silo = null) =>
        Group(group, silo).Patch(context, new ChangeResource { Body = MembersBody("remove", members) });

    public Task<ResourceReply> ReplaceGroup(string group, string displayName, params string[] members) =>
        Group(group).Replace(context, new ChangeResource { Body = GroupBody(displayName, members) });

    public Task<ResourceReply> DeleteUser(string id, int? silo = null) => User(id, silo).Delete(context, new ChangeResource());

    public Task<ResourceReply> RestoreUser(string id, int? silo = null) => User(id, silo).Restore(context);

    public Task<ResourceReply> EraseUser(string id, bool onlyDue = false) => User(id).EraseArchived(context, onlyDue);

    /// <summary>An admin invites the user.</summary>
    public Task<ResourceReply> InviteUser(string id) => User(id).Invite(context, new Invitation { At = cluster.Clock.GetUtcNow(), By = "someone" });

    /// <summary>Makes a user in the archive, as it was elsewhere.</summary>
    public async Task<ResourceReply> ImportArchived(string id, string userName) => new()
    {
        Error = (await User(id).Import(context, Elsewhere(NewUser(userName)) with { Archived = cluster.Clock.GetUtcNow() - TimeSpan.FromDays(1) })).Error,
    };

    /// <summary>The ids in the archive, as an admin is shown them, sorted.</summary>
    public async Task<List<string>> Archive(string? filter = null)
    {
        var all = new List<string>();
        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var page = await cluster[home].GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(context.Id)).Archive(context, new ArchiveQuery { Filter = filter, After = after, Most = 2 });
            page.Error.ShouldBeNull();
            all.AddRange(page.Users.Select(u => u.Id));
            position = page.Next;
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }

    public Task<ResourceReply> DeleteGroup(string id, int? silo = null) => Group(id, silo).Delete(context, new ChangeResource());

    public Task<UserState?> StoredUser(string id) => cluster.Stored<UserState>("user", Key(id));

    public Task<GroupState?> StoredGroup(string id) => cluster.Stored<GroupState>("group", Key(id));

    /// <summary>Who stands under a value, by what the buckets say.</summary>
    public async Task<string[]> Owners(string index, string value, int? silo = null) =>
        [.. (await Index(silo).Find(index, [value]))[0].Entries.Select(e => e.Id)];

    /// <summary>The members of a group, sorted.</summary>
    public async Task<List<string>> Members(string group, int? silo = null)
    {
        var all = new List<string>();
        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var page = await Group(group, silo).Members(context, after, 500);
            all.AddRange(page.Members.Select(m => m.Id));
            position = page.Next;
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }

    /// <summary>Every id of an index, in listing order.</summary>
    public async Task<List<string>> Listed(string index, int page = 50, int? silo = null)
    {
        var all = new List<string>();
        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var (entries, next) = await Index(silo).List(index, after, page);
            all.AddRange(entries.SelectMany(e => e.Entries).Select(e => e.Id));
            position = next;
        }

        return all;
    }

    /// <summary>Every value of an index with each id under it, in listing order.</summary>
    public async Task<List<(string Value, string Id)>> Entries(string index)
    {
        var all = new List<(string, string)>();
        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var (entries, next) = await Index().List(index, after, 100);
            all.AddRange(entries.SelectMany(e => e.Entries.Select(owner => (e.Key.Value, owner.Id))));
            position = next;
        }

        return all;
    }

    /// <summary>What a list request answers.</summary>
    public Task<ListReply> List(string resourceType, string? filter = null) =>
        cluster[home].GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(context.Id))
            .List(context, new ListQuery { ResourceType = resourceType, Filter = filter, StartIndex = 1, Count = 100 });

    public static JsonObject Document(ResourceReply reply) => Document(reply.Document);

    public static JsonObject Document(byte[] document) =>
        JsonNode.Parse(Encoding.UTF8.GetString(document).Replace("\u0001", "", StringComparison.Ordinal))!.AsObject();

    public async Task<string?> UserNameOf(string id, int? silo = null)
    {
        var reply = await User(id, silo).Read(context);
        return reply.Error is null ? (string?)Document(reply)["userName"] : null;
    }

    private static byte[] GroupBody(string displayName, string[] members)
    {
        var body = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Group"),
            ["displayName"] = displayName,
        };
        if (members.Length > 0)
        {
            body["members"] = Values(members);
        }

        return Utf8(body);
    }

    private static JsonArray Values(IEnumerable<string> members) => [.. members.Select(m => new JsonObject { ["value"] = m })];

    private static byte[] SetBody(string path, string value) =>
        Utf8(Request(new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = value }));

    private static byte[] MembersBody(string op, IEnumerable<string> members) =>
        Utf8(Request(new JsonObject { ["op"] = op, ["path"] = "members", ["value"] = Values(members) }));

    private static JsonObject Request(JsonObject operation) => new() { ["schemas"] = new JsonArray(Patch), ["Operations"] = new JsonArray(operation) };

    private static byte[] Utf8(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
