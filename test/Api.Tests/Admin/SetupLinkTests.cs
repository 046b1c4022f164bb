using Api.Tests.Setup;

namespace Api.Tests.Admin;

/// <summary>The admin API of setup links.</summary>
public sealed class SetupLinkTests
{
    [Fact]
    public async Task Link_Made_IsShownOnceAndThenWithoutItsSecret()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/setup-links";

        var made = (await server.Admin.Post(path, """{"label":" Contoso ","days":30,"ways":["client","key","client"]}""")).ShouldBe(201);
        var plain = (await server.Admin.Send("POST", path, body: null)).ShouldBe(201);

        made.String("url").ShouldStartWith($"{server.Url}/setup#msl_{directory.Id}_");
        made.String("label").ShouldBe("Contoso");
        made.Json["ways"]!.ToJsonString().ShouldBe("""["client","key"]""");
        Life(made).ShouldBe(TimeSpan.FromDays(30), TimeSpan.FromMinutes(1));
        made.Header("Location").ShouldBe($"/admin/v1{path}/{made.Id}");
        plain.String("label").ShouldBeNull();
        plain.Json["ways"]!.ToJsonString().ShouldBe("""["key","federation","client"]""");
        Life(plain).ShouldBe(TimeSpan.FromDays(7), TimeSpan.FromMinutes(1));
        var list = (await server.Admin.Get(path)).ShouldBe(200);
        list.Json["items"]!.AsArray().Select(l => (l!["id"]!.GetValue<string>(), l["state"]!.GetValue<string>())).ShouldBe([(made.Id, "open"), (plain.Id, "open")]);
        list.Text.ShouldNotContain(made.String("url")![^20..]);

        static TimeSpan Life(Answer answer) => answer.Json["expires"]!.GetValue<DateTimeOffset>() - answer.Json["created"]!.GetValue<DateTimeOffset>();
    }

    [Theory]
    [InlineData("""{"label":""}""", "label")]
    [InlineData("""{"days":0}""", "days")]
    [InlineData("""{"days":31,"ways":[]}""", "days,ways")]
    [InlineData("""{"ways":["key","password"]}""", "ways")]
    [InlineData("""{"ways":[null]}""", "ways")]
    public async Task Body_WithFaults_IsToldEach(string body, string faults)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();

        var answer = await server.Admin.Post($"/directories/{directory.Id}/setup-links", body);

        answer.ShouldHaveFaults(faults.Split(',').Select(f => "#/" + f));
    }

    [Fact]
    public async Task Link_Withdrawn_OpensNothing_AndAUsedOneIsNotWithdrawn()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var (withdrawn, used) = (await TestSetupLink.Make(server, directory.Id), await TestSetupLink.Make(server, directory.Id));
        (await used.Use("key")).ShouldBePage(200);
        var path = $"/directories/{directory.Id}/setup-links";

        (await server.Admin.Delete($"{path}/{withdrawn.Id}")).ShouldBe(204);
        (await server.Admin.Delete($"{path}/{withdrawn.Id}")).ShouldBe(204);
        (await withdrawn.Open()).ShouldBeGone();
        (await withdrawn.Listed())["state"]!.GetValue<string>().ShouldBe("withdrawn");
        (await server.Admin.Delete($"{path}/{used.Id}")).ShouldBeProblem(409);
        (await server.Admin.Delete($"{path}/nobody")).ShouldBeProblem(404);
        (await server.Admin.Delete($"/directories/no-such-directory/setup-links/{used.Id}")).ShouldBeProblem(404);
        (await server.Admin.Get($"{path}/{used.Id}")).ShouldBe(200).String("state").ShouldBe("used");
        (await server.Admin.Get($"{path}/no-such-link")).ShouldBeProblem(404);
        (await server.Admin.Get("/directories/no-such-directory/setup-links")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Links_MoreThanFiveThatCanBeUsed_Are409()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/setup-links";
        var first = await TestSetupLink.Make(server, directory.Id);
        for (var i = 1; i < 5; i++)
        {
            await TestSetupLink.Make(server, directory.Id);
        }

        (await server.Admin.Post(path, "{}")).ShouldBeProblem(409);

        (await server.Admin.Delete($"{path}/{first.Id}")).ShouldBe(204);
        (await server.Admin.Post(path, "{}")).ShouldBe(201);
    }

    [Fact]
    public async Task Link_Expired_SaysSo()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: time, args: ["--Api:PublicUrl", "https://scim.example.com/muster/"]);
        var link = await TestSetupLink.Make(server, (await server.MakeDirectory()).Id, """{"days":1}""");
        link.Url.ShouldStartWith("https://scim.example.com/muster/setup#msl_");

        time.Advance(TimeSpan.FromDays(1));

        (await link.Listed())["state"]!.GetValue<string>().ShouldBe("expired");
        (await link.Open()).ShouldBeGone();
    }
}
