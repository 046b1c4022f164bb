using System.Text.Json.Nodes;

namespace Api.Tests.Admin;

/// <summary>Resource types of a directory's own: declared by an admin, then served to SCIM clients as users and groups are.</summary>
public sealed class ResourceTypeTests
{
    private const string Urn = "urn:example:params:scim:schemas:core:2.0:Device";

    private const string Serial = """{"name":"serial","type":"string","required":true,"caseExact":true}""";

    private const string Model = """{"name":"model","type":"string"}""";

    private const string Size = """{"name":"size","type":"integer"}""";

    private const string Ports = """{"name":"ports","type":"complex","multiValued":true,"subAttributes":[{"name":"value","type":"string"},{"name":"speed","type":"integer"}]}""";

    [Fact]
    public async Task Put_NewType_IsDiscoveredInItsDirectoryAndInNoOther()
    {
        var (server, directory) = await New();
        var other = await server.MakeDirectory();

        var made = await server.Admin.Put(Address(directory), Definition(Serial, Model));

        made.ShouldBe(201).Header("Location").ShouldBe($"/admin/v1{Address(directory)}");
        var type = (await directory.Scim.Get("/ResourceTypes/Device")).ShouldBe(200).Json;
        type["endpoint"]!.GetValue<string>().ShouldBe("/Devices");
        type["schema"]!.GetValue<string>().ShouldBe(Urn);
        type["description"]!.GetValue<string>().ShouldBe("A thing");
        (await directory.Scim.Get("/ResourceTypes")).Resources.Select(t => t!["name"]!.GetValue<string>()).ShouldBe(["User", "Group", "Device"]);
        (await directory.Scim.Get($"/Schemas/{Urn}")).ShouldBe(200).Json["attributes"]!.AsArray().Count.ShouldBe(2);
        (await directory.Scim.Get("/Schemas")).Resources.ShouldContain(s => s!["id"]!.GetValue<string>() == Urn);
        (await directory.Scim.Get("/Devices")).ShouldBe(200).TotalResults.ShouldBe(0);

        (await other.Scim.Get("/ResourceTypes")).Resources.Count.ShouldBe(2);
        (await other.Scim.Get($"/Schemas/{Urn}")).ShouldBeError(404);
        foreach (var path in new[] { "/Devices", "/Devices/.search", "/Devices/0199aaaa-0000-7000-8000-000000000001" })
        {
            var refused = (await other.Scim.Get(path)).ShouldBeError(404);
            var unknown = (await other.Scim.Get(path.Replace("Devices", "Gadgets", StringComparison.Ordinal))).ShouldBeError(404);
            refused.Text.Replace("Devices", "Gadgets", StringComparison.Ordinal).ShouldBe(unknown.Text);
        }
    }

    [Fact]
    public async Task Resource_MadeReadReplacedPatchedDeleted_AnswersAsAUserDoes()
    {
        var (_, directory) = await WithDevices();

        var made = (await directory.Scim.Post("/Devices", Device("s1", ""","externalId":"e1","model":"A","size":3"""))).ShouldBe(201);
        made.Header("ETag").ShouldBe("W/\"1\"");
        made.Header("Location")!.ShouldEndWith($"/scim/v2/Devices/{made.Id}");
        made.Json["meta"]!["resourceType"]!.GetValue<string>().ShouldBe("Device");
        made.Json["meta"]!["location"]!.GetValue<string>().ShouldBe(made.Header("Location"));
        made.Json["schemas"]!.ToJsonString().ShouldBe($"[\"{Urn}\"]");
        made.Json["groups"].ShouldBeNull();

        var read = (await directory.ByPath.Get($"/Devices/{made.Id}")).ShouldBe(200);
        read.Json["meta"]!["location"]!.GetValue<string>().ShouldEndWith($"/directories/{directory.Id}/scim/v2/Devices/{made.Id}");
        (await directory.Scim.Get($"/Devices/{made.Id}", ("If-None-Match", "W/\"1\""))).ShouldBe(304);
        (await directory.Scim.Send("HEAD", $"/Devices/{made.Id}", null)).ShouldBe(200).Body.ShouldBeEmpty();
        (await directory.Scim.Get($"/devices/{made.Id}/?attributes=model")).ShouldBe(200).Json.AsObject().Select(m => m.Key).ShouldBe(["schemas", "id", "model"], ignoreOrder: true);
        (await directory.Scim.Get($"/Devices/{made.Id}?excludedAttributes=model")).ShouldBe(200).Json["model"].ShouldBeNull();

        var patched = (await directory.Scim.Patch($"/Devices/{made.Id}", Bodies.Replace("size", "4"), ("If-Match", "W/\"1\""))).ShouldBe(200);
        patched.Json["size"]!.GetValue<int>().ShouldBe(4);
        patched.Header("ETag").ShouldBe("W/\"2\"");
        (await directory.Scim.Patch($"/Devices/{made.Id}", Bodies.Replace("size", "4"))).ShouldBe(200).Header("ETag").ShouldBe("W/\"2\"");
        (await directory.Scim.Patch($"/Devices/{made.Id}", Bodies.Replace("size", "5"), ("If-Match", "W/\"1\""))).ShouldBeError(412);
        (await directory.Scim.Patch($"/Devices/{made.Id}", Bodies.Replace("size", "\"big\""))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("size");

        var put = (await directory.Scim.Put($"/Devices/{made.Id}", Device("s2"))).ShouldBe(200);
        put.Json["serial"]!.GetValue<string>().ShouldBe("s2");
        put.Json["model"].ShouldBeNull();
        (await directory.Scim.Put($"/Devices/{made.Id}", "{}")).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("serial");
        (await directory.Scim.Post("/Devices", "{}")).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("serial");

        (await directory.Scim.Put("/Devices", "{}")).ShouldBeError(405).Header("Allow").ShouldBe("GET, POST, HEAD");
        (await directory.Scim.Post($"/Devices/{made.Id}", "{}")).ShouldBeError(405);
        (await directory.Scim.Get($"/Devices/{made.Id}/model")).ShouldBeError(404);
        (await directory.Scim.Get("/Devices/nobody")).ShouldBeError(404).String("detail").ShouldBe("Device nobody not found.");

        (await directory.Scim.Delete($"/Devices/{made.Id}")).ShouldBe(204);
        (await directory.Scim.Get($"/Devices/{made.Id}")).ShouldBeError(404).String("detail").ShouldBe($"Device {made.Id} not found.");
        (await directory.Scim.Delete($"/Devices/{made.Id}")).ShouldBeError(404);
        (await directory.Scim.Get("/Devices")).TotalResults.ShouldBe(0);
    }

    [Fact]
    public async Task Post_SameIdempotencyKey_MakesOne()
    {
        var (_, directory) = await WithDevices();

        var one = (await directory.Scim.Post("/Devices", Device("s1"), ("Idempotency-Key", "k"))).ShouldBe(201);
        var two = (await directory.Scim.Post("/Devices", Device("s1"), ("Idempotency-Key", "k"))).ShouldBe(201);
        var user = (await directory.Scim.Post("/Users", Bodies.User("ada"), ("Idempotency-Key", "k"))).ShouldBe(201);

        two.Text.ShouldBe(one.Text);
        user.Id.ShouldNotBe(one.Id);
        (await directory.Scim.Post("/Devices", Device("s2"), ("Idempotency-Key", "k"))).Status.ShouldBeInRange(400, 499);
        (await directory.Scim.Get("/Devices")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task List_FilteredSortedPaged_FindsWhatMatches()
    {
        var (_, directory) = await WithDevices();
        for (var i = 0; i < 7; i++)
        {
            (await directory.Scim.Post("/Devices", Device($"S{i}", $$""","externalId":"e{{i}}","size":{{i}},"model":"{{(i % 2 == 0 ? "even" : "odd")}}","ports":[{"value":"p{{i}}","speed":{{i * 10}} }]"""))).ShouldBe(201);
        }

        await directory.MakeUser("ada");
        var filters = new[]
        {
            ("externalId eq \"e3\"", 1), ("externalId eq \"E3\"", 0), ("serial eq \"S3\"", 1), ("serial eq \"s3\"", 0), ("size gt 4", 2), ("model eq \"EVEN\"", 4),
            ("ports[speed ge 50]", 2), ("meta.resourceType eq \"Device\"", 7), ("meta.resourceType eq \"User\"", 0), ("not (size lt 6)", 1), ($"{Urn}:model eq \"odd\"", 3),
        };
        foreach (var (filter, found) in filters)
        {
            (await directory.Scim.Find("/Devices", filter)).ShouldBe(200).TotalResults.ShouldBe(found, filter);
        }

        (await directory.Scim.Find("/Devices", "userName eq \"ada\"")).ShouldBeError(400, "invalidFilter");
        var sorted = (await directory.Scim.Get("/Devices?sortBy=size&sortOrder=descending&count=3")).ShouldBe(200);
        Serials(sorted).ShouldBe(["S6", "S5", "S4"]);
        Serials(await directory.Scim.Get("/Devices?sortBy=size&sortOrder=descending&count=3&startIndex=4")).ShouldBe(["S3", "S2", "S1"]);
        var searched = await directory.Scim.Post("/Devices/.search", """{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"size le 1","attributes":["serial"]}""");
        searched.ShouldBe(200).TotalResults.ShouldBe(2);
        searched.Resources[0]!["model"].ShouldBeNull();

        (await WalkByIndex(directory, "/Devices", 3)).Count.ShouldBe(7);
        (await WalkByCursor(directory, "/Devices?count=3")).Count.ShouldBe(7);
        (await WalkByCursor(directory, $"/Devices?count=2&filter={Uri.EscapeDataString("size ge 2")}")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task RootQuery_GoesOverAllTypesUsersFirst()
    {
        var (server, directory) = await WithDevices();
        (await server.Admin.Put($"/directories/{directory.Id}/resource-types/Room", Definition(Model).Replace("Device", "Room", StringComparison.Ordinal))).ShouldBe(201);
        (await directory.Scim.Post("/Rooms", """{"model":"big"}""")).ShouldBe(201);
        (await directory.Scim.Post("/Devices", Device("s1", ""","model":"big","externalId":"x" """))).ShouldBe(201);
        (await directory.Scim.Post("/Devices", Device("s2", ""","model":"small" """))).ShouldBe(201);
        await directory.MakeGroup("Staff");
        (await directory.Scim.Post("/Users", Bodies.User("ada", ""","externalId":"x" """))).ShouldBe(201);

        var all = (await directory.Scim.Get("/?count=100")).ShouldBe(200);

        all.TotalResults.ShouldBe(5);
        Types(all.Resources).ShouldBe(["User", "Group", "Device", "Device", "Room"]);
        Types((await directory.Scim.Get("/?startIndex=2&count=2")).Resources).ShouldBe(["Group", "Device"]);
        Types((await directory.Scim.Find("/", "model eq \"big\"")).ShouldBe(200).Resources).ShouldBe(["Device", "Room"]);
        Types((await directory.Scim.Find("/", "externalId eq \"x\"")).ShouldBe(200).Resources).ShouldBe(["User", "Device"]);
        Types((await directory.Scim.Find("/", "meta.resourceType eq \"Room\"")).ShouldBe(200).Resources).ShouldBe(["Room"]);
        Types(await WalkByCursor(directory, "/?count=2")).ShouldBe(["User", "Group", "Device", "Device", "Room"]);
        (await WalkByCursor(directory, "/?count=2&sortBy=meta.created")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Bulk_PathsOfATypeOfItsOwn_AreDone()
    {
        var (_, directory) = await WithDevices();
        var old = (await directory.Scim.Post("/Devices", Device("old"))).ShouldBe(201).Id;
        var gone = (await directory.Scim.Post("/Devices", Device("gone"))).ShouldBe(201).Id;

        var answer = await directory.Scim.Post("/Bulk", $$$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[
              {"method":"POST","path":"/Devices","bulkId":"d","data":{{{Device("new")}}} },
              {"method":"PATCH","path":"/Devices/bulkId:d","data":{{{Bodies.Replace("size", "9")}}} },
              {"method":"PUT","path":"/Devices/{{{old}}}","data":{{{Device("renewed")}}} },
              {"method":"DELETE","path":"/Devices/{{{gone}}}"},
              {"method":"DELETE","path":"/Users/{{{old}}}"},
              {"method":"POST","path":"/Gadgets","bulkId":"g","data":{}}]}
            """);

        answer.ShouldBe(200).Json["Operations"]!.AsArray().Select(o => o!["status"]!.ToString()).ShouldBe(["201", "200", "200", "204", "404", "404"]);
        var made = answer.Json["Operations"]![0]!["location"]!.GetValue<string>();
        made.ShouldContain("/Devices/");
        (await directory.Scim.Get($"/Devices/{made.Split('/')[^1]}")).ShouldBe(200).Json["size"]!.GetValue<int>().ShouldBe(9);
        Serials(await directory.Scim.Get("/Devices?sortBy=serial")).ShouldBe(["new", "renewed"]);
    }

    [Fact]
    public async Task Resource_AtTheEndpointOfAnotherType_IsNotThere()
    {
        var (_, directory) = await WithDevices();
        var device = (await directory.Scim.Post("/Devices", Device("s1"))).ShouldBe(201);
        var user = await directory.MakeUser("ada");
        var group = await directory.MakeGroup("Staff");
        var before = (await directory.Scim.Get("/?count=100")).Text;

        foreach (var path in new[] { $"/Users/{device.Id}", $"/Groups/{device.Id}", $"/Devices/{user}", $"/Devices/{group}" })
        {
            (await directory.Scim.Get(path)).ShouldBeError(404);
            (await directory.Scim.Patch(path, Bodies.Replace("externalId", "\"x\""))).ShouldBeError(404);
            (await directory.Scim.Put(path, path.StartsWith("/Users", StringComparison.Ordinal) ? Bodies.User("eve") : path.StartsWith("/Groups", StringComparison.Ordinal) ? Bodies.Group("G") : Device("s9"))).ShouldBeError(404);
            (await directory.Scim.Delete(path)).ShouldBeError(404);
        }

        (await directory.Scim.Find("/Users", $"id eq \"{device.Id}\"")).ShouldBe(200).TotalResults.ShouldBe(0);
        (await directory.Scim.Find("/Devices", $"id eq \"{user}\"")).ShouldBe(200).TotalResults.ShouldBe(0);
        (await directory.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(device.Id))).Status.ShouldBe(400);
        (await directory.Scim.Post("/Groups", Bodies.Group("Things", device.Id))).Status.ShouldBe(400);
        (await directory.Scim.Get("/?count=100")).Text.ShouldBe(before);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(1);
        (await directory.Scim.Get("/Groups")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Events_OfATypeOfItsOwn_NameIt()
    {
        var (server, directory) = await WithDevices();
        var id = (await directory.Scim.Post("/Devices", Device("s1"))).ShouldBe(201).Id;
        (await directory.Scim.Patch($"/Devices/{id}", Bodies.Replace("size", "4"))).ShouldBe(200);
        (await directory.Scim.Put($"/Devices/{id}", Device("s2"))).ShouldBe(200);
        (await directory.Scim.Delete($"/Devices/{id}")).ShouldBe(204);

        var events = (await server.Admin.Get($"/directories/{directory.Id}/events")).ShouldBe(200).Json["events"]!.AsArray();

        events.Select(e => $"{e!["kind"]} {e["resourceType"]} {e["resourceId"]} {e["version"]}")
            .ShouldBe([$"create Device {id} 1", $"patch Device {id} 2", $"put Device {id} 3", $"delete Device {id} 4"]);
    }

    [Fact]
    public async Task Put_TypeThatIsThere_TakesMoreAttributesAndKeepsThoseItHas()
    {
        var (server, directory) = await New();
        (await server.Admin.Put(Address(directory), Definition(Serial))).ShouldBe(201);
        var id = (await directory.Scim.Post("/Devices", """{"serial":"s1"}""")).ShouldBe(201).Id;

        (await server.Admin.Put(Address(directory), Definition(Serial))).ShouldBe(200);
        (await server.Admin.Put(Address(directory).Replace("Device", "DEVICE", StringComparison.Ordinal), Definition(Serial, Size))).ShouldBe(200).Json["name"]!.GetValue<string>().ShouldBe("Device");
        (await server.Admin.Put(Address(directory), Definition(Size))).ShouldBeProblem(409).String("detail")!.ShouldContain("'serial' is missing");
        (await server.Admin.Put(Address(directory), Definition(Serial, Size.Replace("integer", "string", StringComparison.Ordinal)))).ShouldBeProblem(409).String("detail")!.ShouldContain("'type' of the attribute 'size'");
        (await server.Admin.Put(Address(directory), Definition(Serial, Size).Replace("/Devices", "/Things", StringComparison.Ordinal))).ShouldBeProblem(409).String("detail")!.ShouldContain("/Devices");
        (await server.Admin.Put(Address(directory), Definition(Serial, Size).Replace(Urn, Urn + "2", StringComparison.Ordinal))).ShouldBeProblem(409).String("detail")!.ShouldContain(Urn);

        var read = (await server.Admin.Get(Address(directory))).ShouldBe(200).Json;
        read["schema"]!["attributes"]!.AsArray().Count.ShouldBe(2);
        read["endpoint"]!.GetValue<string>().ShouldBe("/Devices");
        (await server.Admin.Get($"/directories/{directory.Id}/resource-types")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await server.Admin.Get($"/directories/{directory.Id}/resource-types/Gadget")).ShouldBeProblem(404);
        (await directory.Scim.Patch($"/Devices/{id}", Bodies.Replace("size", "4"))).ShouldBe(200).Json["size"]!.GetValue<int>().ShouldBe(4);
    }

    [Theory]
    [InlineData("Device", """{"schema":SCHEMA}""", 400, "endpoint")]
    [InlineData("Device", """{"endpoint":"/Devices"}""", 400, "schema")]
    [InlineData("Device", """{"name":"Gadget","endpoint":"/Devices","schema":SCHEMA}""", 400, "name")]
    [InlineData("Device", """{"endpoint":"Devices","schema":SCHEMA}""", 400, "endpoint")]
    [InlineData("Device", """{"endpoint":"/a/b","schema":SCHEMA}""", 400, "endpoint")]
    [InlineData("Device", """{"endpoint":"/.search","schema":SCHEMA}""", 400, "endpoint")]
    [InlineData("De-vice", """{"endpoint":"/Devices","schema":SCHEMA}""", 400, "name")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG", """{"endpoint":"/Devices","schema":SCHEMA}""", 400, "name")]
    [InlineData("user", """{"endpoint":"/Devices","schema":SCHEMA}""", 400, "user")]
    [InlineData("GROUP", """{"endpoint":"/Devices","schema":SCHEMA}""", 400, "GROUP")]
    [InlineData("Device", """{"endpoint":"/users","schema":SCHEMA}""", 400, "/users")]
    [InlineData("Device", """{"endpoint":"/Groups","schema":SCHEMA}""", 400, "/Groups")]
    [InlineData("Device", """{"endpoint":"/BULK","schema":SCHEMA}""", 400, "/BULK")]
    [InlineData("Device", """{"endpoint":"/me","schema":SCHEMA}""", 400, "/me")]
    [InlineData("Device", """{"endpoint":"/schemas","schema":SCHEMA}""", 400, "/schemas")]
    [InlineData("Device", """{"endpoint":"/resourcetypes","schema":SCHEMA}""", 400, "/resourcetypes")]
    [InlineData("Device", """{"endpoint":"/serviceproviderconfig","schema":SCHEMA}""", 400, "/serviceproviderconfig")]
    [InlineData("Device", """{"endpoint":"/ROOMS","schema":SCHEMA}""", 409, "/ROOMS")]
    [InlineData("Device", """{"endpoint":"/Devices","schema":{"id":"urn:example:room","name":"D","attributes":[{"name":"a"}]}}""", 409, "urn:example:room")]
    [InlineData("Device", """{"endpoint":"/Devices","schema":{"id":"urn:ietf:params:scim:schemas:core:2.0:User","name":"D","attributes":[{"name":"a"}]}}""", 409, "User")]
    [InlineData("Device", """{"endpoint":"/Devices","schema":{"id":"urn:d","name":"D","attributes":[{"name":"a","uniqueness":"server"}]}}""", 400, "uniqueness")]
    [InlineData("Device", """{"endpoint":"/Devices","schema":{"id":"urn:d","name":"D","attributes":[{"name":"ExternalId"}]}}""", 400, "ExternalId")]
    [InlineData("Device", """{"endpoint":"/Devices","schema":{"id":"urn:d","name":"D","attributes":[{"name":"a","type":"number"}]}}""", 400, "type")]
    public async Task Put_WhatIsNoType_IsRefusedByName(string name, string body, int status, string named)
    {
        var (server, directory) = await New();
        (await server.Admin.Put($"/directories/{directory.Id}/resource-types/Room", """{"endpoint":"/Rooms","schema":{"id":"urn:example:room","name":"R","attributes":[{"name":"a"}]}}""")).ShouldBe(201);

        var refused = await server.Admin.Put(
            $"/directories/{directory.Id}/resource-types/{name}",
            body.Replace("SCHEMA", $$"""{"id":"{{Urn}}","name":"D","attributes":[{"name":"a"}]}""", StringComparison.Ordinal));

        refused.ShouldBe(status).Text.ShouldContain(named);
        (await server.Admin.Get($"/directories/{directory.Id}/resource-types")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Put_MoreThanTwenty_IsRefused()
    {
        var (server, directory) = await New();
        for (var i = 0; i < 20; i++)
        {
            (await PutNumbered(i)).ShouldBe(201);
        }

        (await PutNumbered(20)).ShouldBeProblem(409).String("detail")!.ShouldContain("20");
        (await server.Admin.Put("/directories/nobody/resource-types/Device", Definition(Serial))).ShouldBeProblem(404);

        Task<Answer> PutNumbered(int i) =>
            server.Admin.Put($"/directories/{directory.Id}/resource-types/T{i}", $$$"""{"endpoint":"/T{{{i}}}","schema":{"id":"urn:t{{{i}}}","name":"T","attributes":[{"name":"a"}]}}""");
    }

    [Fact]
    public async Task Extension_OfATypeOfItsOwn_IsServedWithIt()
    {
        const string Lease = "urn:example:params:scim:schemas:extension:lease:2.0:Device";
        var (server, directory) = await WithDevices();
        var extension = $$$"""{"resourceType":"Device","schema":{"id":"{{{Lease}}}","name":"Lease","attributes":[{"name":"months","type":"integer"}]}}""";

        (await server.Admin.Put($"/directories/{directory.Id}/extensions/{Lease}", extension)).ShouldBe(201);

        (await directory.Scim.Get("/ResourceTypes/Device")).Json["schemaExtensions"]![0]!["schema"]!.GetValue<string>().ShouldBe(Lease);
        var id = (await directory.Scim.Post("/Devices", Device("s1", $$""","{{Lease}}":{"months":12}"""))).ShouldBe(201).Id;
        (await directory.Scim.Post("/Devices", Device("s1", $$""","{{Lease}}":{"months":"all"}"""))).ShouldBeError(400, "invalidValue");
        (await directory.Scim.Find("/Devices", $"{Lease}:months gt 11")).TotalResults.ShouldBe(1);
        (await directory.Scim.Patch($"/Devices/{id}", Bodies.Replace($"{Lease}:months", "6"))).ShouldBe(200).Json[Lease]!["months"]!.GetValue<int>().ShouldBe(6);
        (await directory.Scim.Post("/Users", Bodies.User("ada", $$""","{{Lease}}":{"months":12}"""))).ShouldBe(201).Json[Lease].ShouldBeNull();
    }

    [Fact]
    public async Task Export_IntoAnotherDirectory_BringsTypesAndResources()
    {
        var (server, directory) = await WithDevices();
        var ada = await directory.MakeUser("ada");
        await directory.MakeGroup("Staff", ada);
        for (var i = 0; i < 3; i++)
        {
            (await directory.Scim.Post("/Devices", Device($"s{i}", $$""","externalId":"e{{i}}" """))).ShouldBe(201);
        }

        var first = (await directory.Scim.Find("/Devices", "serial eq \"s0\"")).Resources[0]!["id"]!.GetValue<string>();
        var patched = (await directory.Scim.Patch($"/Devices/{first}", Bodies.Replace("size", "4"))).ShouldBe(200);
        var other = await server.MakeDirectory();

        var export = (await server.Admin.Get($"/directories/{directory.Id}/export")).ShouldBe(200);
        var imported = (await Import(server, other, export.Body)).ShouldBe(200);
        var again = (await Import(server, other, export.Body)).ShouldBe(200);

        imported.Json["resources"]!["created"]!.GetValue<int>().ShouldBe(3);
        again.Json["resources"]!["alreadyThere"]!.GetValue<int>().ShouldBe(3);
        again.Json["refusals"]!.AsArray().ShouldBeEmpty();
        var read = (await other.Scim.Get($"/Devices/{first}")).ShouldBe(200);
        read.Text.ShouldBe(patched.Text);
        read.Header("ETag").ShouldBe("W/\"2\"");
        (await other.Scim.Get("/Devices")).TotalResults.ShouldBe(3);
        (await other.Scim.Find("/Devices", "externalId eq \"e2\"")).TotalResults.ShouldBe(1);
        (await other.Scim.Get($"/Users/{first}")).ShouldBeError(404);
        (await other.Scim.Get("/ResourceTypes/Device")).ShouldBe(200);

        (await server.Admin.Get($"/directories/{directory.Id}/export?after=r-Gadget.0.{first}.3.1.1.1.1.00000000")).ShouldBeProblem(400);

        // Behind any line that has a cursor the rest is the same, byte for byte.
        var lines = export.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Count(l => l.StartsWith("""{"kind":"resource","type":"Device",""", StringComparison.Ordinal)).ShouldBe(3);
        for (var i = 0; i < lines.Length; i++)
        {
            if (JsonNode.Parse(lines[i])!["cursor"]?.GetValue<string>() is { } cursor)
            {
                var rest = await server.Admin.Get($"/directories/{directory.Id}/export?after={cursor}");
                rest.ShouldBe(200).Text.ShouldBe(string.Concat(lines[(i + 1)..].Select(l => l + "\n")), lines[i]);
            }
        }
    }

    [Fact]
    public async Task Import_WhereTheTypeIsServedElsewhere_IsRefused()
    {
        var (server, directory) = await WithDevices();
        (await directory.Scim.Post("/Devices", Device("s1"))).ShouldBe(201);
        var other = await server.MakeDirectory();
        (await server.Admin.Put(Address(other), Definition(Serial, Model, Size, Ports).Replace("/Devices", "/Things", StringComparison.Ordinal))).ShouldBe(201);
        var export = (await server.Admin.Get($"/directories/{directory.Id}/export")).ShouldBe(200);

        (await Import(server, other, export.Body)).ShouldBeProblem(409).String("detail")!.ShouldContain("'Device' is served at '/Things'");

        (await other.Scim.Get("/Things")).TotalResults.ShouldBe(0);
    }

    private static async Task<(TestServer Server, TestDirectory Directory)> New()
    {
        var server = await TestServer.Shared;
        return (server, await server.MakeDirectory());
    }

    private static async Task<(TestServer Server, TestDirectory Directory)> WithDevices()
    {
        var (server, directory) = await New();
        (await server.Admin.Put(Address(directory), Definition(Serial, Model, Size, Ports))).ShouldBe(201);
        return (server, directory);
    }

    private static Task<Answer> Import(TestServer server, TestDirectory directory, byte[] lines) =>
        server.Admin.SendBytes("POST", $"/directories/{directory.Id}/import", lines, ("Content-Type", "application/x-ndjson"));

    private static string Address(TestDirectory directory) => $"/directories/{directory.Id}/resource-types/Device";

    private static string Definition(params string[] attributes) =>
        $$$"""{"endpoint":"/Devices","description":"A thing","schema":{"id":"{{{Urn}}}","name":"Device","description":"What is known of a thing","attributes":[{{{string.Join(',', attributes)}}}]}}""";

    private static string Device(string serial, string more = "") => $$"""{"schemas":["{{Urn}}"],"serial":"{{serial}}"{{more}}}""";

    private static string[] Serials(Answer list) => [.. list.ShouldBe(200).Resources.Select(r => r!["serial"]!.GetValue<string>())];

    private static string[] Types(IEnumerable<JsonNode?> resources) => [.. resources.Select(r => r!["meta"]!["resourceType"]!.GetValue<string>())];

    private static async Task<HashSet<string>> WalkByIndex(TestDirectory directory, string endpoint, int count)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var start = 1; ; start += count)
        {
            var page = (await directory.Scim.Get($"{endpoint}?startIndex={start}&count={count}")).ShouldBe(200);
            foreach (var resource in page.Resources)
            {
                seen.Add(resource!["id"]!.GetValue<string>()).ShouldBeTrue();
            }

            if (page.Resources.Count == 0 || start + count > page.TotalResults)
            {
                return seen;
            }
        }
    }

    private static async Task<List<JsonNode?>> WalkByCursor(TestDirectory directory, string query)
    {
        var seen = new List<JsonNode?>();
        var cursor = "";
        do
        {
            var page = (await directory.Scim.Get($"{query}&cursor={cursor}")).ShouldBe(200);
            seen.AddRange(page.Resources);
            cursor = page.String("nextCursor");
        }
        while (cursor is not null);
        seen.Select(r => r!["id"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count().ShouldBe(seen.Count);
        return seen;
    }
}
