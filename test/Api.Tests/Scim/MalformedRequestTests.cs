using System.Text;

namespace Api.Tests.Scim;

/// <summary>A directory with a user, a bystander and a group, at which bad requests are thrown, and another that is served meanwhile.</summary>
public sealed class MalformedRequestFixture : IAsyncLifetime
{
    internal TestDirectory Directory { get; private set; } = null!;

    internal TestDirectory Other { get; private set; } = null!;

    internal string User { get; private set; } = "";

    internal string Group { get; private set; } = "";

    internal string OtherUser { get; private set; } = "";

    internal string Before { get; set; } = "";

    public async Task InitializeAsync()
    {
        var server = await TestServer.Shared;
        Directory = await server.MakeDirectory();
        Other = await server.MakeDirectory();
        User = (await Directory.Scim.Post("/Users", Bodies.User("victim", ""","emails":[{"value":"v@example.com","type":"work"}]"""))).ShouldBe(201).Id;
        var bystander = await Directory.MakeUser("bystander");
        Group = await Directory.MakeGroup("Victims", bystander);
        OtherUser = await Other.MakeUser("elsewhere");
        Before = await Directory.Everything();
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>Whatever is sent, the answer is a SCIM error, nothing changes, and others are served.</summary>
public sealed class MalformedRequestTests(MalformedRequestFixture fixture) : IClassFixture<MalformedRequestFixture>
{
    public static TheoryData<string> Names => [.. MalformedRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_Malformed_IsRefusedAndChangesNothing(string name)
    {
        var request = MalformedRequests.All[name];
        var body = request.Body is null ? null : Encoding.Latin1.GetBytes(WithIds(Encoding.Latin1.GetString(request.Body)));

        var refused = fixture.Directory.Scim.SendBytes(request.Method, WithIds(request.Path), body, request.Headers);
        var served = fixture.Other.Scim.Get($"/Users/{fixture.OtherUser}");

        var answers = (Refused: await refused, Served: await served);

        // What one request did must not fail the tests of the next ones.
        var before = fixture.Before;
        fixture.Before = await fixture.Directory.Everything();
        answers.Refused.ShouldBeError(request.Status, request.ScimType);
        answers.Served.ShouldBe(200);
        fixture.Before.ShouldBe(before);
    }

    private string WithIds(string text) =>
        text.Replace("{user}", fixture.User, StringComparison.Ordinal).Replace("{group}", fixture.Group, StringComparison.Ordinal);
}
