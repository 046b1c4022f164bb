namespace Api.Tests.Admin;

/// <summary>Every fault of a body is told at once, with its place.</summary>
public sealed class StrictBodyTests
{
    [Theory]
    [InlineData("/tenants", """{"name":"x","nam":"y","a/b":1}""", "#/nam,#/a~1b")]
    [InlineData("/tenants", """{"name":"x","name":7}""", "#/name,#/name")]
    [InlineData("/tenants", """{"Name":"x"}""", "#/Name,#/name")]
    [InlineData("/tenants", "{\"name\":\"\\ud800\"}", "#/name")]
    [InlineData("/tenants", "{\"\\ud800\":1,\"name\":\"x\"}", "#")]
    [InlineData("/keys", """{"name":"","tenant":5,"readOnly":"yes","expires":"soon"}""", "#/name,#/tenant,#/readOnly,#/expires")]
    [InlineData("/keys", """{"name":"x","readOnly":null}""", "#/readOnly")]
    [InlineData("/tenants/{tenant}/directories", """{"name":"","id":"UP","dialect":7,"userIndexes":["a",3,{}],"limits":{"maxUsers":"7"}}""", "#/name,#/id,#/dialect,#/userIndexes/1,#/userIndexes/2,#/limits/maxUsers")]
    [InlineData("/tenants/{tenant}/directories", """{"name":"x","userIndexes":{},"limits":[]}""", "#/userIndexes,#/limits")]
    [InlineData("/directories/{directory}/keys", """{"name":"x","expires":"2001-01-01T00:00:00Z","extra":null}""", "#/expires,#/extra")]
    [InlineData("/directories/{directory}/keys", "", "#")]
    [InlineData("/directories/{directory}/keys", """{"name":"x",}""", "#")]
    [InlineData("/directories/{directory}/keys", "null", "#")]
    public async Task Post_BodyOfAnotherShape_IsToldEveryFault(string path, string body, string places)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();

        var answer = await server.Admin.Post(
            path.Replace("{tenant}", directory.Tenant, StringComparison.Ordinal).Replace("{directory}", directory.Id, StringComparison.Ordinal), body);

        answer.ShouldHaveFaults(places.Split(','));
    }

    [Fact]
    public async Task Put_ExtensionWithAnUnknownMember_IsToldSo()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();

        var answer = await server.Admin.Put(
            $"/directories/{directory.Id}/extensions/urn:x",
            """{"resourceType":"User","requird":true,"schema":{"id":"urn:x","name":"X","attributes":[{"name":"x"}]}}""");

        answer.ShouldHaveFaults("#/requird");
    }

    [Theory]
    [InlineData("PATCH", "/keys", 405, "method-not-allowed")]
    [InlineData("GET", "/nothing", 404, "not-found")]
    [InlineData("GET", "/directories/no-such", 404, "not-found")]
    [InlineData("GET", "/directories/a/events?cursor=-1", 400, "invalid-request")]
    public async Task AnyProblem_HasATypeThatIsDocumented(string method, string path, int status, string type)
    {
        var server = await TestServer.Shared;

        (await server.Admin.Send(method, path, null)).ShouldBeProblem(status).String("type").ShouldBe("urn:muster:problem:" + type);
    }
}
