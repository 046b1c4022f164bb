using System.Text.Json.Nodes;
using Api.Profiles;

namespace Api.Tests.Admin;

/// <summary>Product profiles: what a directory that names one asks of users, serves, and shows.</summary>
public sealed class ProfileTests
{
    private const string Freshservice = "urn:ietf:params:scim:schemas:extension:freshservice:2.0:User";

    private const string Work = """
        "name":{"givenName":"Ada","familyName":"Lovelace"},
        "emails":[{"type":"work","value":"ada@example.com"}],
        "addresses":[{"type":"work","formatted":"1 Mill Lane","streetAddress":"1 Mill Lane","locality":"Cork","postalCode":"T12","country":"IE"}]
        """;

    /// <summary>Set, the test writes the file; then check the change of it in.</summary>
    private const string Update = "MUSTER_UPDATE_PROFILE_SCHEMA";

    [Fact]
    public void Schema_IsWhatTheProfilesAreReadBy()
    {
        var schema = ProfileSchema.Make();
        if (Environment.GetEnvironmentVariable(Update) is { } file)
        {
            File.WriteAllText(file, schema);
        }

        System.Text.Encoding.UTF8.GetString(ProfileCatalogue.JsonSchema).ShouldBe(schema, $"Set {Update} to the path of profiles/profile.schema.json, run this test again, and check the change in.");
    }

    [Fact]
    public void Shipped_AreAllThereAndValid()
    {
        ProfileCatalogue.Shipped.Keys.Order(StringComparer.Ordinal).ShouldBe(["default", "federated-directory", "freshservice", "frankli", "rfpio"], ignoreOrder: true);
        foreach (var profile in ProfileCatalogue.Shipped.Values)
        {
            new ProfileValidator().Validate(profile).Errors.ShouldBeEmpty(profile.Name);
        }
    }

    [Theory]
    [InlineData("\"userName\":\"ada\"", "userName")]
    [InlineData("\"userName\":\"ada@nowhere\"", "userName")]
    [InlineData("\"userName\":\"a b@example.com\"", "userName")]
    [InlineData("\"active\":null", "active")]
    [InlineData("\"name\":{\"familyName\":\"Lovelace\"}", "name.givenName")]
    [InlineData("\"name\":{\"givenName\":\" \",\"familyName\":\"Lovelace\"}", "name.givenName")]
    [InlineData("\"name\":{\"givenName\":\"Ada\"}", "name.familyName")]
    [InlineData("\"emails\":[{\"type\":\"home\",\"value\":\"ada@example.com\"}]", "emails[type eq \"work\"].value")]
    [InlineData("\"emails\":[]", "emails")]
    [InlineData("\"addresses\":[{\"type\":\"work\",\"formatted\":\"1 Mill Lane\",\"streetAddress\":\"1 Mill Lane\",\"postalCode\":\"T12\",\"country\":\"IE\"}]", "addresses[type eq \"work\"].locality")]
    public async Task Frankli_AUserThatLacksWhatIsRequired_IsRefusedByName(string instead, string named)
    {
        var directory = await New("frankli");
        var user = (JsonObject)JsonNode.Parse(User("ada@example.com"))!;
        var (name, value) = ((JsonObject)JsonNode.Parse($"{{{instead}}}")!).Single();
        user[name] = value?.DeepClone();

        var refused = (await directory.Scim.Post("/Users", user.ToJsonString())).ShouldBeError(400, "invalidValue");

        refused.String("detail")!.ShouldContain($"'{named}'");
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(0);
        (await directory.Scim.Post("/Users", User("ada@example.com"))).ShouldBe(201);
    }

    [Fact]
    public async Task Frankli_APatchThatTakesAwayWhatIsRequired_ChangesNothing()
    {
        var directory = await New("frankli");
        var ada = (await directory.Scim.Post("/Users", User("ada@example.com"))).ShouldBe(201);

        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace("emails[type eq \\\"work\\\"].value", "\" \""))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("emails");
        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Patch("""{"op":"remove","path":"addresses"}"""))).ShouldBeError(400, "mutability").String("detail")!.ShouldContain("addresses");
        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace("userName", "\"ada\""))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("userName");

        (await directory.Scim.Get($"/Users/{ada.Id}")).Text.ShouldBe(ada.Text);
    }

    [Fact]
    public async Task Frankli_ABlank_ClearsItsAttribute()
    {
        var directory = await New("frankli");
        var ada = (await directory.Scim.Post("/Users", User("ada@example.com", ""","title":" ","nickName":"Countess","locale":"\t"}"""))).ShouldBe(201);
        ada.Json["title"].ShouldBeNull();
        ada.Json["locale"].ShouldBeNull();

        var cleared = (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Patch("""{"op":"Replace","path":"nickName","value":" "}""", """{"op":"Add","value":{"title":"  ","displayName":"Ada"}}"""))).ShouldBe(200);

        cleared.Json["nickName"].ShouldBeNull();
        cleared.Json["title"].ShouldBeNull();
        cleared.String("displayName").ShouldBe("Ada");
    }

    [Fact]
    public async Task Default_ABlank_IsAText()
    {
        var directory = await New("default");

        (await directory.Scim.Post("/Users", Bodies.User("ada", ""","title":" "}"""[..^1]))).ShouldBe(201).String("title").ShouldBe(" ");
    }

    [Theory]
    [InlineData("frankli")]
    [InlineData("freshservice")]
    [InlineData("rfpio")]
    public async Task WithoutGroups_GroupsAreNotThereAndNothingListsThem(string profile)
    {
        var directory = await New(profile);
        await directory.Server.Admin.Put($"/directories/{directory.Id}/provisioning", """{"on":true}""");
        var scim = directory.Scim;

        (await scim.Get("/Groups")).ShouldBeError(404);
        (await scim.Post("/Groups", Bodies.Group("Staff"))).ShouldBeError(404);
        (await scim.Get($"/Groups/{Guid.CreateVersion7()}")).ShouldBeError(404);
        (await scim.Post("/Groups/.search", "{}")).ShouldBeError(404);
        (await scim.Get("/ResourceTypes/Group")).ShouldBeError(404);
        (await scim.Get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group")).ShouldBeError(404);
        (await scim.Get("/ResourceTypes")).ShouldBe(200).Resources.Select(r => (string?)r!["name"]).ShouldBe(["User"]);
        (await scim.Get("/Schemas")).ShouldBe(200).Text.ShouldNotContain("core:2.0:Group");
        var bulk = await scim.Post("/Bulk", $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","path":"/Groups","bulkId":"b","data":{{Bodies.Group("Staff")}} }]}""");
        bulk.Text.ShouldNotContain("\"status\":\"201\"");
        (await scim.Get("/Users")).ShouldBe(200);
    }

    [Fact]
    public async Task Schemas_ShowWhatTheProfileRequires()
    {
        var directory = await New("frankli");

        var user = (await directory.Scim.Get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")).ShouldBe(200).Json["attributes"]!.AsArray();

        Required(user, "active").ShouldBeTrue();
        Required(user, "emails").ShouldBeTrue();
        Required(user, "title").ShouldBeFalse();
        var name = user.Single(a => (string?)a!["name"] == "name")!;
        Required(name["subAttributes"]!.AsArray(), "givenName").ShouldBeTrue();
        Required(name["subAttributes"]!.AsArray(), "middleName").ShouldBeFalse();

        static bool Required(JsonArray attributes, string name) => attributes.Single(a => (string?)a!["name"] == name)!["required"]!.GetValue<bool>();
    }

    [Fact]
    public async Task Provisioning_SwitchedOff_RefusesEverythingAndChangesNothing()
    {
        var directory = await New("rfpio");
        directory.Server.ShouldNotBeNull();
        var admin = $"/directories/{directory.Id}/provisioning";
        (await directory.Server.Admin.Get(admin)).ShouldBe(200).Json["on"]!.GetValue<bool>().ShouldBeFalse();

        var refused = (await directory.Scim.Post("/Users", Bodies.User("ada"))).ShouldBeError(403);
        refused.String("detail")!.ShouldContain("switched off");
        (await directory.Scim.Get("/ServiceProviderConfig")).ShouldBeError(403);
        (await directory.Server.Admin.Put(admin, """{"on":true}""")).ShouldBe(200);
        var ada = (await directory.Scim.Post("/Users", Bodies.User("ada"))).ShouldBe(201);
        (await directory.Server.Admin.Put(admin, """{"on":false}""")).ShouldBe(200);
        (await directory.Scim.Delete($"/Users/{ada.Id}")).ShouldBeError(403);
        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace("active", "false"))).ShouldBeError(403);
        (await directory.Server.Admin.Put(admin, """{"on":true}""")).ShouldBe(200);

        (await directory.Scim.Get($"/Users/{ada.Id}")).ShouldBe(200).Text.ShouldBe(ada.Text);
    }

    [Fact]
    public async Task Freshservice_DeclaredAttributes_AreDiscoveredEnforcedAndFiltered()
    {
        var directory = await New("freshservice");
        var attributes = $"/directories/{directory.Id}/attributes";

        (await directory.Server.Admin.Post(attributes, """{"name":"badge","type":"integer"}""")).ShouldBe(201);
        (await directory.Server.Admin.Post(attributes, """{"name":"badge","type":"integer"}""")).ShouldBe(200);
        (await directory.Server.Admin.Post(attributes, """{"name":"Badge","type":"string"}""")).ShouldBeProblem(409).String("detail")!.ShouldContain("badge");
        (await directory.Server.Admin.Post(attributes, """{"name":"1","type":"complex"}""")).ShouldHaveFaults("#/name", "#/type");
        (await directory.Server.Admin.Get(attributes)).ShouldBe(200).Json["items"]!.AsArray().Select(a => (string?)a!["name"]).ShouldBe(["isAgent", "badge"]);

        (await directory.Scim.Get($"/Schemas/{Freshservice}")).ShouldBe(200).Json["attributes"]!.AsArray().Select(a => (string?)a!["name"]).ShouldBe(["isAgent", "badge"]);
        (await directory.Scim.Post("/Users", Bodies.User("ada", $$""","{{Freshservice}}":{"isAgent":"True","badge":7}"""))).ShouldBe(201).Json[Freshservice]!.ToJsonString().ShouldBe("""{"isAgent":true,"badge":7}""");
        (await directory.Scim.Post("/Users", Bodies.User("bob", $$""","{{Freshservice}}":{"badge":"seven"}"""))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("badge");
        (await directory.Scim.Find("/Users", $"{Freshservice}:badge eq 7")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Freshservice_AttributesDeclaredAtOnce_AreAllThere()
    {
        var directory = await New("freshservice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => directory.Server.Admin.Post($"/directories/{directory.Id}/attributes", $$"""{"name":"a{{i}}"}""")));

        answers.ShouldAllBe(a => a.Status == 201);
        (await directory.Server.Admin.Get($"/directories/{directory.Id}/attributes")).Json["items"]!.AsArray().Count.ShouldBe(7);
    }

    [Fact]
    public async Task Host_NamesTheDirectory()
    {
        await using var server = await TestServer.Start(args: ["--Api:Domain", "muster.test"]);
        var directory = await server.MakeDirectory(more: ""","profile":"rfpio" """);
        var other = await server.MakeDirectory(more: ""","profile":"rfpio" """);
        (await server.Admin.Put($"/directories/{directory.Id}/provisioning", """{"on":true}""")).ShouldBe(200);
        var shown = (await server.Admin.Get($"/directories/{directory.Id}")).ShouldBe(200);
        var host = $"{directory.Id}.muster.test";
        var port = new Uri(server.Url).Port;

        shown.String("tenantUrl").ShouldBe($"http://{host}:{port}/rfpserver/scim/v2");
        shown.String("profile").ShouldBe("rfpio");
        var byHost = server.Client("/rfpserver/scim/v2", directory.Token);
        var ada = (await byHost.Post("/Users", Bodies.User("ada"), ("Host", $"{host}:{port}"))).ShouldBe(201);
        ada.Header("Location").ShouldBe($"http://{host}:{port}/rfpserver/scim/v2/Users/{ada.Id}");
        (await byHost.Get($"/Users/{ada.Id}", ("Host", host))).ShouldBe(200);
        (await server.Client("/scim/v2", directory.Token).Get($"/Users/{ada.Id}", ("Host", host))).ShouldBe(200);
        (await directory.Scim.Get($"/Users/{ada.Id}")).ShouldBe(200);
        (await server.Client("/other/scim/v2", directory.Token).Get("/Users", ("Host", host))).ShouldBeError(404);
        (await byHost.Get("/Users", ("Host", $"{other.Id}.muster.test"))).ShouldBeError(401);
        (await server.Client("/rfpserver/scim/v2", other.Token).Get("/Users", ("Host", host))).ShouldBeError(401);
        (await server.Client("/rfpserver/scim/v2", directory.Token).Get("/Users")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Profiles_OfTheVendorsOwn_AreAddedWhileTheServerRuns()
    {
        var server = await TestServer.Shared;
        const string Body = """{"name":"acme","title":"Acme","groups":false,"attributes":[{"path":"externalId","required":true,"filterable":true}]}""";

        (await server.Admin.Put("/profiles/acme", Body)).ShouldBe(201);
        (await server.Admin.Put("/profiles/acme", Body)).ShouldBe(200);
        (await server.Admin.Get("/profiles/acme")).ShouldBe(200).String("title").ShouldBe("Acme");
        (await server.Admin.Get("/profiles")).ShouldBe(200).Json["items"]!.AsArray().Select(p => (string?)p!["name"]).ShouldContain("acme");
        var directory = await server.MakeDirectory(more: ""","profile":"acme" """);
        (await server.Admin.Delete("/profiles/acme")).ShouldBe(204);
        (await server.Admin.Get("/profiles/acme")).ShouldBeProblem(404);

        // The directory keeps what it was made from.
        (await directory.Scim.Post("/Users", Bodies.User("ada"))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("externalId");
        (await directory.Scim.Get("/Groups")).ShouldBeError(404);
    }

    [Fact]
    public async Task Put_AProfileWithFaults_NamesEachOfThem()
    {
        var server = await TestServer.Shared;
        const string Body = """
            {"name":"other","dialect":"klingon","tenantUrl":{"form":"shared","prefix":"/x"},"attributes":[{"path":"nose","required":true},{"path":"active","format":"email"},{"path":"userName","format":"phone"}],
             "groupIndexes":["members"],"customAttributes":"urn:none","archive":{"retentionDays":0},"orgUnits":[{"kind":"Big One","paths":["active"]},{"kind":"role","paths":[]}]}
            """;

        var refused = await server.Admin.Put("/profiles/acme-2", Body);

        refused.ShouldHaveFaults(
            "#/archive", "#/attributes/0/path", "#/attributes/1/path", "#/attributes/2/format", "#/customAttributes", "#/dialect", "#/groupIndexes", "#/name", "#/orgUnits/0/kind", "#/orgUnits/0/paths", "#/orgUnits/1/paths", "#/tenantUrl/prefix");
        (await server.Admin.Put("/profiles/acme-2", """{"name":"acme-2","blankClear":true}""")).ShouldBeProblem(400).String("detail")!.ShouldContain("blankClear");
        (await server.Admin.Put("/profiles/frankli", """{"name":"frankli"}""")).ShouldBeProblem(409);
        (await server.Admin.Get("/profiles/acme-2")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task MakeDirectory_OfAProfileThatIsNotThere_IsRefused()
    {
        var server = await TestServer.Shared;
        var tenant = await server.MakeTenant();

        (await server.Admin.Post($"/tenants/{tenant}/directories", """{"name":"D","profile":"nothing"}""")).ShouldHaveFaults("#/profile");
        (await server.Admin.Get($"/tenants/{tenant}/directories")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    private static string User(string userName, string more = "}") =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{userName}}","active":true,{{Work}}{{more}}""";

    private static async Task<TestDirectory> New(string profile)
    {
        var server = await TestServer.Shared;
        return await server.MakeDirectory(more: $$""","profile":"{{profile}}" """);
    }
}
