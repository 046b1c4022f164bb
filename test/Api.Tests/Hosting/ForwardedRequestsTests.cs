namespace Api.Tests.Hosting;

public sealed class ForwardedRequestsTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8")]
    public async Task Location_OfARequestByAKnownProxy_IsTheOneThatTheProxyWasAskedBy(string proxies)
    {
        await using var server = await TestServer.Start(args: ["--Api:Proxies", proxies]);

        (await Location(server)).ShouldStartWith("https://scim.example.com/scim/v2/Users/");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Location_OfARequestByAnybodyElse_IsTheServersOwn(string? proxies)
    {
        await using var server = await TestServer.Start(args: proxies is null ? [] : ["--Api:Proxies", proxies]);

        (await Location(server)).ShouldStartWith($"{server.Url}/scim/v2/Users/");
    }

    private static async Task<string> Location(TestServer server)
    {
        var directory = await server.MakeDirectory();
        var made = await directory.Scim.Post("/Users", Bodies.User("ada"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "scim.example.com"), ("X-Forwarded-For", "203.0.113.7"));
        return made.ShouldBe(201).Header("Location")!;
    }
}
