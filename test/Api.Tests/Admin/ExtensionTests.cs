namespace Api.Tests.Admin;

/// <summary>Schema extensions of a directory: declared by an admin, then seen, enforced, patched and filtered by SCIM clients.</summary>
public sealed class ExtensionTests
{
    private const string Urn = "urn:example:params:scim:schemas:extension:hr:2.0:User";

    private const string Badge = """{"name":"badge","type":"integer","multiValued":false}""";

    private const string Site = """{"name":"site","type":"string","caseExact":true}""";

    private const string Skills = """{"name":"skills","type":"complex","multiValued":true,"subAttributes":[{"name":"value","type":"string"},{"name":"level","type":"integer"},{"name":"primary","type":"boolean"}]}""";

    [Fact]
    public async Task Put_NewExtension_IsDiscoveredEnforcedPatchedAndFiltered()
    {
        var (server, directory) = await New();
        var other = await server.MakeDirectory();

        var made = await server.Admin.Put(Address(directory), Definition(Badge, Site, Skills));

        made.ShouldBe(201).Header("Location").ShouldBe($"/admin/v1{Address(directory)}".Replace(":", "%3A", StringComparison.Ordinal));
        (await directory.Scim.Get($"/Schemas/{Urn}")).ShouldBe(200).Json["attributes"]!.AsArray().Select(a => a!["name"]!.GetValue<string>()).ShouldBe(["badge", "site", "skills"]);
        (await directory.Scim.Get("/Schemas")).Resources.ShouldContain(s => s!["id"]!.GetValue<string>() == Urn);
        (await directory.Scim.Get("/ResourceTypes/User")).Json["schemaExtensions"]!.AsArray().Select(e => e!["schema"]!.GetValue<string>()).ShouldContain(Urn);
        (await other.Scim.Get($"/Schemas/{Urn}")).ShouldBeError(404);

        var ada = (await directory.Scim.Post("/Users", Bodies.User("ada", $$""","{{Urn}}":{"badge":7,"site":"B","skills":[{"value":"C#","level":3,"primary":true}]}"""))).ShouldBe(201);
        await directory.MakeUser("bob");
        ada.Json["schemas"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldContain(Urn);
        ada.Json[Urn]!["badge"]!.GetValue<int>().ShouldBe(7);
        (await directory.Scim.Post("/Users", Bodies.User("eve", $$""","{{Urn}}":{"badge":"seven"}"""))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("badge");
        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace($"{Urn}:badge", "8"))).ShouldBe(200).Json[Urn]!["badge"]!.GetValue<int>().ShouldBe(8);
        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace($"{Urn}:badge", "\"eight\""))).ShouldBeError(400, "invalidValue");
        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace($"{Urn}:skills[value eq \\\"C#\\\"].level", "4"))).ShouldBe(200).Json[Urn]!["skills"]![0]!["level"]!.GetValue<int>().ShouldBe(4);
        foreach (var (filter, found) in new[] { ($"{Urn}:badge gt 7", 1), ($"{Urn}:badge gt 8", 0), ($"{Urn}:site eq \"b\"", 0), ($"{Urn}:site eq \"B\"", 1), ($"{Urn}:skills[level eq 4]", 1), ($"not ({Urn}:site pr)", 1) })
        {
            (await directory.Scim.Find("/Users", filter)).ShouldBe(200).TotalResults.ShouldBe(found, filter);
        }

        (await directory.Scim.Get($"/Users/{ada.Id}?attributes={Urn}:site")).Json[Urn]!.AsObject().Select(m => m.Key).ShouldBe(["site"]);
        (await other.Scim.Post("/Users", Bodies.User("ada", $$""","{{Urn}}":{"badge":7}"""))).ShouldBe(201).Json[Urn].ShouldBeNull();
    }

    [Fact]
    public async Task Put_ExtensionThatIsThere_TakesMoreAttributesAndKeepsThoseItHas()
    {
        var (server, directory) = await New();
        (await server.Admin.Put(Address(directory), Definition(Badge))).ShouldBe(201);
        var ada = (await directory.Scim.Post("/Users", Bodies.User("ada", $$""","{{Urn}}":{"badge":7}"""))).ShouldBe(201);

        (await server.Admin.Put(Address(directory), Definition(Badge))).ShouldBe(200);
        (await server.Admin.Put(Address(directory), Definition(Badge, Site))).ShouldBe(200);
        var missing = await server.Admin.Put(Address(directory), Definition(Site));
        var changed = await server.Admin.Put(Address(directory), Definition(Badge.Replace("integer", "string", StringComparison.Ordinal), Site));
        var required = await server.Admin.Put(Address(directory), Definition(Badge, Site, """{"name":"more","type":"string","required":true}"""));

        missing.ShouldBeProblem(409).String("detail")!.ShouldContain("'badge' is missing");
        changed.ShouldBeProblem(409).String("detail")!.ShouldContain("'type' of the attribute 'badge'");
        required.ShouldBeProblem(409).String("detail")!.ShouldContain("'more' cannot be required");
        (await server.Admin.Get(Address(directory))).ShouldBe(200).Json["schema"]!["attributes"]!.AsArray().Count.ShouldBe(2);
        (await server.Admin.Get($"/directories/{directory.Id}/extensions")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace($"{Urn}:site", "\"B\""))).ShouldBe(200).Json[Urn]!.ToJsonString().ShouldBe("""{"badge":7,"site":"B"}""");
    }

    [Theory]
    [InlineData("""{"schema":{"id":"URN","name":"HR","attributes":[{"name":"badge","type":"integer"}]}}""", 400, "resourceType")]
    [InlineData("""{"resourceType":"Robot","schema":{"id":"URN","name":"HR","attributes":[{"name":"badge","type":"integer"}]}}""", 400, "resourceType")]
    [InlineData("""{"resourceType":"User"}""", 400, "schema")]
    [InlineData("""{"resourceType":"User","schema":{"id":"urn:other","name":"HR","attributes":[{"name":"badge","type":"integer"}]}}""", 400, "id")]
    [InlineData("""{"resourceType":"User","schema":{"id":"URN","name":"HR","attributes":[{"name":"badge","type":"number"}]}}""", 400, "type")]
    [InlineData("""{"resourceType":"User","schema":{"id":"URN","name":"HR","attributes":[]}}""", 400, "attributes")]
    [InlineData("""{"resourceType":"User","schema":{"id":"URN","name":"HR","attributes":[{"name":"badge","type":"string","uniqueness":"server"}]}}""", 400, "uniqueness")]
    public async Task Put_WhatIsNoExtension_IsRefusedByName(string body, int status, string named)
    {
        var (server, directory) = await New();

        var refused = await server.Admin.Put(Address(directory), body.Replace("URN", Urn, StringComparison.Ordinal));

        refused.ShouldBe(status).Text.ShouldContain(named);
        (await server.Admin.Get($"/directories/{directory.Id}/extensions")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Put_ADirectoryOrASchemaThatIsNotOnes_IsRefused()
    {
        var (server, directory) = await New();
        const string Standard = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

        (await server.Admin.Put($"/directories/nobody/extensions/{Urn}", Definition(Badge))).ShouldBeProblem(404);
        (await server.Admin.Put($"/directories/{directory.Id}/extensions/{Standard}", Definition(Badge).Replace(Urn, Standard, StringComparison.Ordinal))).ShouldBeProblem(409);
    }

    [Fact]
    public async Task Import_OfADirectoryWithExtensions_BringsThemAndTheirValues()
    {
        var (server, directory) = await New();
        (await server.Admin.Put(Address(directory), Definition(Badge))).ShouldBe(201);
        var ada = (await directory.Scim.Post("/Users", Bodies.User("ada", $$""","{{Urn}}":{"badge":7}"""))).ShouldBe(201);
        var other = await server.MakeDirectory();

        var export = (await server.Admin.Get($"/directories/{directory.Id}/export")).ShouldBe(200);
        (await server.Admin.SendBytes("POST", $"/directories/{other.Id}/import", export.Body, ("Content-Type", "application/x-ndjson"))).ShouldBe(200);

        (await other.Scim.Get($"/Users/{ada.Id}")).ShouldBe(200).Json[Urn]!["badge"]!.GetValue<int>().ShouldBe(7);
        (await other.Scim.Get($"/Schemas/{Urn}")).ShouldBe(200);
    }

    private static async Task<(TestServer Server, TestDirectory Directory)> New()
    {
        var server = await TestServer.Shared;
        return (server, await server.MakeDirectory());
    }

    private static string Address(TestDirectory directory) => $"/directories/{directory.Id}/extensions/{Urn}";

    private static string Definition(params string[] attributes) =>
        $$$"""{"resourceType":"User","schema":{"id":"{{{Urn}}}","name":"HR","description":"What HR knows","attributes":[{{{string.Join(',', attributes)}}}]}}""";
}
