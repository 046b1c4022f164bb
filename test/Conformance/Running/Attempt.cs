using System.Text.Json.Nodes;

namespace Conformance.Running;

/// <summary>One run of one case: sends requests, makes resources under names of its own, and knows what the server offers.</summary>
/// <param name="client">The client, which remembers what this case makes.</param>
/// <param name="run">The run it is part of.</param>
internal sealed class Attempt(ScimClient client, SuiteRun run)
{
    public ScimClient Client => client;

    public ServerFeatures Server => run.Server;

    /// <summary>A name that nothing else has, on this server or in this run.</summary>
    public string Name(string hint = "x") => run.NewName(hint);

    /// <summary>People who are there for all cases that only read.</summary>
    public Task<People> People() => run.People.Value;

    /// <summary>Ends the case as not offered, unless the server says that it does this.</summary>
    public static void Needs(bool offered, string what)
    {
        if (!offered)
        {
            throw new NotOfferedException($"The server does not offer {what}.");
        }
    }

    /// <summary>Ends the case, which is about servers without this, as not offered where the server says that it does it.</summary>
    public static void NeedsNo(bool offered, string what)
    {
        if (offered)
        {
            throw new NotOfferedException($"The server offers {what}; this is about those that do not.");
        }
    }

    /// <summary>Ends the case as not offered where the server's schemas do not have this attribute.</summary>
    public JsonNode NeedsAttribute(string schema, string path) =>
        Server.Attribute(schema, path) ?? throw new NotOfferedException($"{schema} has no attribute {path} here.");

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => client.Send("GET", path, body: null, headers);

    public Task<Answer> Post(string path, string body, params (string Name, string Value)[] headers) => client.Send("POST", path, body, headers);

    public Task<Answer> Put(string path, string body, params (string Name, string Value)[] headers) => client.Send("PUT", path, body, headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) => client.Send("DELETE", path, body: null, headers);

    public Task<Answer> Send(string method, string path, string? body, params (string Name, string Value)[] headers) => client.Send(method, path, body, headers);

    /// <summary>A query with a filter, and more parameters behind it if need be.</summary>
    public Task<Answer> Find(string endpoint, string filter, string more = "") => Get($"{endpoint}?filter={Uri.EscapeDataString(filter)}{more}");

    /// <summary>The JSON of a user with a name of its own and these members.</summary>
    public string UserJson(string members = "{}", string? userName = null) =>
        Json.Text(Json.Merge(new JsonObject { ["schemas"] = Schemas(Urns.User, members), ["userName"] = userName ?? Name("user") }, members));

    /// <summary>The JSON of a group with a name of its own and these members.</summary>
    public string GroupJson(string members = "{}", string? displayName = null) =>
        Json.Text(Json.Merge(new JsonObject { ["schemas"] = Schemas(Urns.Group, members), ["displayName"] = displayName ?? Name("group") }, members));

    /// <summary>Makes a user; <paramref name="members"/> is JSON, such as <c>{"title":"T"}</c>.</summary>
    public async Task<Resource> NewUser(string members = "{}", string? userName = null)
    {
        var body = UserJson(members, userName);
        return new Resource("/Users", Json.Parse(body)!["userName"]!.ToString(), (await Post("/Users", body)).Is(201));
    }

    /// <summary>Makes a user who then has all these members: for cases in which they are to go, or to stay.</summary>
    public async Task<Resource> NewUserWith(string members)
    {
        var user = await NewUser(members);
        foreach (var (name, _) in Json.Parse(members)!.AsObject())
        {
            user.Created.Has(name);
        }

        return user;
    }

    /// <summary>Makes a group that then has these members.</summary>
    public async Task<Resource> NewGroup(params Resource[] members)
    {
        Needs(Server.Groups, "groups");
        var list = new JsonArray([.. members.Select(m => new JsonObject { ["value"] = m.Id })]);
        var name = Name("group");
        var answer = await Post("/Groups", GroupJson(members.Length == 0 ? "{}" : $$"""{"members":{{Json.Text(list)}}}""", name));
        answer.Is(201).HasValues("members", [.. members.Select(m => m.Id).Distinct(StringComparer.Ordinal)]);
        return new Resource("/Groups", name, answer);
    }

    /// <summary>The body of a PATCH of these operations, each in JSON.</summary>
    public static string PatchJson(params string[] operations) =>
        $$"""{"schemas":["{{Urns.PatchOp}}"],"Operations":[{{string.Join(',', operations)}}]}""";

    /// <summary>Sends a PATCH of these operations.</summary>
    public Task<Answer> Patch(Resource resource, params string[] operations)
    {
        Needs(Server.Patch, "PATCH");
        return Send("PATCH", resource.Path, PatchJson(operations));
    }

    /// <summary>Sends a PATCH that is to succeed, and reads the resource after it.</summary>
    public async Task<Answer> Patched(Resource resource, params string[] operations)
    {
        var answer = (await Patch(resource, operations)).IsDone();
        var read = await Read(resource);

        // The answer to the PATCH, where it has one, is the resource as it is read.
        return answer.Status == 204 || JsonNode.DeepEquals(answer.Json?["meta"]?["version"], read.Json?["meta"]?["version"])
            ? read
            : throw answer.Fault("the answer to PATCH has the version that a GET then has");
    }

    public async Task<Answer> Read(Resource resource, string query = "") => (await Get(resource.Path + query)).Is(200);

    /// <summary>The core URN and those of the extensions that stand among the members.</summary>
    private static JsonArray Schemas(string core, string members) =>
        [core, .. Json.Parse(members)!.AsObject().Select(m => m.Key).Where(name => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))];
}
