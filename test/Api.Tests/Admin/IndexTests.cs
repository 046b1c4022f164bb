namespace Api.Tests.Admin;

/// <summary>Which attributes a directory's resources are found by without looking at all of them.</summary>
public sealed class IndexTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private const string WorkMail = "emails[type eq \\\"work\\\"].value";

    [Fact]
    public async Task Filter_ByAnAttributeThatTheDirectoryIndexes_IsALookUp()
    {
        // A query that has to look at a second resource is refused here.
        await using var server = await TestServer.Start(args: ["--Limits:MaxScanned", "1"]);
        var directory = await server.MakeDirectory(more: $$""","userIndexes":["{{WorkMail}}","{{Enterprise}}:employeeNumber"],"groupIndexes":["displayName"]""");
        var ada = await Make("ada", "7");
        await Make("bob", "8");
        await Make("eve", "9");

        (await Find("emails[type eq \"work\"].value eq \"ADA@work\"")).ShouldBe(200).Resources.Select(r => r!["id"]!.GetValue<string>()).ShouldBe([ada]);
        (await Find("emails[type eq \"Work\" and value eq \"ada@work\"]")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await Find($"{Enterprise}:employeeNumber eq \"8\"")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await Find("emails[type eq \"work\"].value eq \"ada@home\"")).ShouldBe(200).TotalResults.ShouldBe(0);

        // What is not among them is looked for everywhere.
        (await Find("emails[type eq \"home\"].value eq \"ada@home\"")).ShouldBeError(400, "tooMany");
        (await Find("externalId eq \"ada\"")).ShouldBeError(400, "tooMany");

        var patched = await directory.Scim.Patch($"/Users/{ada}", Bodies.Replace($"emails[type eq \\\"work\\\"].value", "\"lovelace@work\""));
        patched.ShouldBe(200);
        (await Find("emails[type eq \"work\"].value eq \"ada@work\"")).ShouldBe(200).TotalResults.ShouldBe(0);
        (await Find("emails[type eq \"work\"].value eq \"lovelace@work\"")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        (await Find("emails[type eq \"work\"].value eq \"lovelace@work\"")).ShouldBe(200).TotalResults.ShouldBe(0);

        await directory.MakeGroup("Crew");
        await directory.MakeGroup("Staff");
        (await directory.Scim.Find("/Groups", "displayName eq \"crew\"")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await directory.Scim.Find("/Groups", "externalId eq \"crew\"")).ShouldBeError(400, "tooMany");

        Task<Answer> Find(string filter) => directory.Scim.Find("/Users", filter);

        async Task<string> Make(string name, string number)
        {
            var body = $$""","externalId":"{{name}}","emails":[{"type":"work","value":"{{name}}@work"},{"type":"home","value":"{{name}}@home"}],"{{Enterprise}}":{"employeeNumber":"{{number}}"}""";
            return (await directory.Scim.Post("/Users", Bodies.User(name, body))).ShouldBe(201).Id;
        }
    }

    [Theory]
    [InlineData("", "userName|externalId", "displayName|externalId")]
    [InlineData(""","userIndexes":[],"groupIndexes":[]""", "userName", "")]
    [InlineData(""","userIndexes":["NickName","emails","USERNAME"]""", "userName|nickName|emails.value", "displayName|externalId")]
    [InlineData(""","userIndexes":["EMAILS[Type eq \"WORK\"].value"],"groupIndexes":["externalId"]""", "userName|emails[type eq \"work\"].value", "externalId")]
    public async Task Directory_ShowsItsIndexesInTheirCanonicalSpelling(string given, string ofUsers, string ofGroups)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory(more: given);

        var shown = (await server.Admin.Get($"/directories/{directory.Id}")).ShouldBe(200);

        Joined("userIndexes").ShouldBe(ofUsers);
        Joined("groupIndexes").ShouldBe(ofGroups);

        string Joined(string name) => string.Join('|', shown.Json[name]!.AsArray().Select(p => p!.GetValue<string>()));
    }

    [Theory]
    [InlineData("userIndexes", """["nonsense"]""", "nonsense")]
    [InlineData("userIndexes", """["active"]""", "'active' cannot be indexed: it is not a text.")]
    [InlineData("userIndexes", """["id"]""", "'id' cannot be indexed")]
    [InlineData("userIndexes", """["groups.value"]""", "'groups.value' cannot be indexed")]
    [InlineData("userIndexes", """["emails[type sw \"w\"].value"]""", "one equality")]
    [InlineData("userIndexes", """["urn:example:hr:2.0:User:site"]""", "urn:example:hr:2.0:User")]
    [InlineData("userIndexes", """["externalId","EXTERNALID"]""", "'EXTERNALID' is listed twice")]
    [InlineData("userIndexes", """["externalId",null]""", "1 to 300 characters")]
    [InlineData("userIndexes", """["externalId","nickName","title","displayName","locale","timezone","userType","preferredLanguage"]""", "8 at the most, userName included")]
    [InlineData("groupIndexes", """["userName"]""", "userName")]
    [InlineData("groupIndexes", """["members"]""", "'members' cannot be indexed")]
    [InlineData("groupIndexes", """["displayName","externalId","a","b","c","d","e","f","g"]""", "8 at the most.")]
    public async Task Post_IndexesThatCannotBe_AreRefusedByName(string member, string paths, string named)
    {
        var server = await TestServer.Shared;
        var tenant = await server.MakeTenant();

        var refused = await server.Admin.Post($"/tenants/{tenant}/directories", $$"""{"name":"A directory","{{member}}":{{paths}}}""");

        refused.ShouldBeProblem(400);
        var errors = refused.Json["errors"]!.AsArray();
        errors.Select(e => e!["pointer"]!.GetValue<string>()).Distinct().ShouldBe(["#/" + member]);
        string.Join(' ', errors.Select(e => e!["detail"]!.GetValue<string>())).ShouldContain(named);
        (await server.Admin.Get($"/tenants/{tenant}/directories")).Json["items"]!.AsArray().ShouldBeEmpty();
    }
}
