using Api.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Requests;

/// <summary>Wherever a client puts a credential of this platform, the request log has none of it, as shown and as stored.</summary>
public sealed class SecretsInRequestLogTests
{
    /// <summary>So much of a secret would be too much already.</summary>
    private const int Telling = 12;

    [Fact]
    public async Task Credentials_WhereverAClientPutsThem_AreNotInTheLog()
    {
        const string password = "correct-horse-battery-staple";
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        var secrets = new List<string> { password };
        var shown = new List<string>();
        await using (var server = await TestServer.Start(folder))
        {
            var directory = await server.MakeDirectory();
            (await server.Admin.Put($"/directories/{directory.Id}/request-log", """{"bodies":"all"}""")).ShouldBe(200);
            var client = (await server.Admin.Post($"/directories/{directory.Id}/clients", """{"name":"C"}""")).ShouldBe(201).Id;
            var issued = (await server.Admin.Post($"/directories/{directory.Id}/clients/{client}/secrets", "{}")).ShouldBe(201);
            var form = $"grant_type=client_credentials&client_id={issued.String("clientId")}&client_secret={issued.String("secret")}";
            var access = (await server.Client("/oauth2/token", token: null).Post("", form, ("Content-Type", "application/x-www-form-urlencoded"))).ShouldBe(200).String("access_token")!;
            string[] credentials = [directory.Token, server.AdminKey!, issued.String("secret")!, access];
            secrets.AddRange(credentials);
            foreach (var secret in credentials)
            {
                // As a token, good or not; in the address, the query, a filter, a header, a body, a name in a body, and in a body that is no JSON.
                await server.Client("/scim/v2", secret).Get("/Users?count=0");
                await server.Client($"/directories/{directory.Id}/scim/v2", secret + "x").Get("/Users");
                await directory.Scim.Get($"/Users/{secret}");
                await directory.Scim.Get($"/{secret}");
                await directory.Scim.Get($"/Users?access_token={secret}&{secret}&{secret}=1");
                await directory.Scim.Find("/Users", $"userName eq \"{secret}\"");
                await directory.Scim.Find("/Users", secret);
                await directory.Scim.Get("/Users?count=0", ("X-Correlation-ID", secret), ("User-Agent", $"client/{secret}"));
                await directory.Scim.Post("/Users", Bodies.User($"u-{secret[^5..]}", $$""","password":"{{password}}","title":"{{secret}}" """));
                await directory.Scim.Post("/Users", Bodies.User(secret));
                await directory.Scim.Post("/Users", $$"""{"{{secret}}":1}""");
                await directory.Scim.Post("/Users", $"token={secret}&password={password}");
                await directory.Scim.Post("/.search", $$"""{"filter":"password eq \"{{password}}\" or title eq \"{{secret}}\""}""");
                await directory.Scim.Send(secret[^Telling..].Replace('_', 'A').Replace('-', 'A'), "/Users", null);
            }

            var user = await directory.MakeUser("ada");
            await directory.Scim.Patch($"/Users/{user}", Bodies.Replace("password", $"\"{password}\""));
            await server.Services.GetRequiredService<RequestQueue>().Flush();
            var log = $"/directories/{directory.Id}/requests";
            var after = "";
            do
            {
                var page = (await server.Admin.Get($"{log}?count=200{after}")).ShouldBe(200);
                shown.Add(page.Text);
                foreach (var item in page.Json["items"]!.AsArray())
                {
                    shown.Add((await server.Admin.Get($"{log}/{item!["id"]}")).ShouldBe(200).Text);
                }

                after = page.String("next") is { } next ? $"&after={next}" : "";
            }
            while (after.Length > 0);

            shown.Add((await server.Admin.Get($"/directories/{directory.Id}/connection")).ShouldBe(200).Text);
        }

        shown.Count.ShouldBeGreaterThan(50);
        shown.ShouldContain(s => s.Contains("***", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            var part = secret[^Telling..];
            shown.ShouldAllBe(s => !s.Contains(part, StringComparison.Ordinal));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("password eq hunter2secret")]
    [InlineData("password eq \"hunter2secret\" x")]
    [InlineData("password eq \"hunter2secret")]
    [InlineData("password=hunter2secret")]
    [InlineData("active eq \"hunter2secret\" and password pr")]
    public async Task Secret_InAFilterThatIsRefused_IsInNoPartOfTheEntry(string filter)
    {
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        var shown = new List<string>();
        await using (var server = await TestServer.Start(folder))
        {
            var directory = await server.MakeDirectory();
            (await directory.Scim.Find("/Users", filter)).ShouldBe(400);
            await server.Services.GetRequiredService<RequestQueue>().Flush();
            var log = $"/directories/{directory.Id}/requests";
            foreach (var item in (await server.Admin.Get(log)).ShouldBe(200).Json["items"]!.AsArray())
            {
                shown.Add((await server.Admin.Get($"{log}/{item!["id"]}")).ShouldBe(200).Text);
            }
        }

        Directory.Delete(folder, recursive: true);
        shown.ShouldHaveSingleItem().ShouldNotContain("hunter2");
    }
}
