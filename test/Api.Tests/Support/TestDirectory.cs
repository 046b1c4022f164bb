namespace Api.Tests.Support;

/// <summary>A directory of a test's own, and clients that use it.</summary>
internal sealed record TestDirectory(TestServer Server, string Tenant, string Id, string KeyId, string Token)
{
    /// <summary>The shared address, where the token names the directory.</summary>
    public ApiClient Scim => Server.Client("/scim/v2", Token);

    /// <summary>The address with the directory in its path.</summary>
    public ApiClient ByPath => Server.Client($"/directories/{Id}/scim/v2", Token);

    public async Task<string> MakeUser(string userName) => (await Scim.Post("/Users", Bodies.User(userName))).ShouldBe(201).Id;

    public async Task<string> MakeGroup(string displayName, params string[] members) =>
        (await Scim.Post("/Groups", Bodies.Group(displayName, members))).ShouldBe(201).Id;

    /// <summary>All that is to be seen in the directory, byte for byte.</summary>
    public async Task<string> Everything()
    {
        var users = await Scim.Get("/Users?count=1000");
        var groups = await Scim.Get("/Groups?count=1000");
        return users.ShouldBe(200).Text + "\n" + groups.ShouldBe(200).Text;
    }
}
