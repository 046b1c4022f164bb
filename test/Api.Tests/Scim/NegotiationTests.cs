namespace Api.Tests.Scim;

/// <summary>The media type of answers (RFC 7644 §3.8).</summary>
public sealed class NegotiationTests
{
    [Theory]
    [InlineData("application/scim+json", "application/scim+json")]
    [InlineData("*/*", "application/scim+json")]
    [InlineData("application/*", "application/scim+json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, application/scim+json", "application/scim+json")]
    [InlineData("application/json;q=0.9, application/scim+json;q=0.5", "application/json")]
    [InlineData("application/json;q=0.5, */*;q=0.8", "application/scim+json")]
    [InlineData("application/scim+json;q=0, */*", "application/json")]
    [InlineData("text/html, application/json;q=0.1", "application/json")]
    [InlineData("not a media type", "application/scim+json")]
    public async Task Get_WithAccept_AnswersInTheTypeLikedBest(string accept, string type)
    {
        var directory = await (await TestServer.Shared).MakeDirectory();

        (await directory.Scim.Get("/Users", ("Accept", accept))).ShouldBe(200).Header("Content-Type").ShouldBe(type);
        (await directory.Scim.Get("/Users/none", ("Accept", accept))).ShouldBe(404).Header("Content-Type").ShouldBe(type);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml, text/*")]
    [InlineData("application/scim+json;q=0")]
    public async Task Request_ThatTakesNoTypeThereIs_Is406AndDoesNothing(string accept)
    {
        var directory = await (await TestServer.Shared).MakeDirectory();

        (await directory.Scim.Post("/Users", Bodies.User("ada"), ("Accept", accept))).ShouldBeError(406);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(0);
    }
}
