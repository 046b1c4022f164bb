using Api.Hosting;

namespace Api.Tests.Hosting;

/// <summary>What a start prints, what it keeps, and what stops it.</summary>
[Collection("Standard error")]
public sealed class StartTests
{
    [Fact]
    public async Task FirstStart_OnEmptyStorage_PrintsThreeLinesThatWork()
    {
        await using var server = await TestServer.Start();

        var lines = server.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(3, server.Printed);
        lines[0].TrimEnd().ShouldBe($"Tenant URL:   {server.Url}/scim/v2");
        lines[1].ShouldStartWith("Secret Token: mst_");
        lines[2].ShouldStartWith("Admin key:    msa_");
        (await server.Client("/scim/v2", server.SecretToken).Find("/Users", "userName eq \"0d1b5a2e\"")).ShouldBe(200).TotalResults.ShouldBe(0);
        (await server.Admin.Get("/tenants")).ShouldBe(200).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task SecondStart_OnTheSameStorage_PrintsTheUrlAloneAndHasTheData()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        var first = await TestServer.Start(folder);
        var client = first.Client("/scim/v2", first.SecretToken);
        var user = (await client.Post("/Users", Bodies.User("ada", ""","title":"Countess" """))).ShouldBe(201);
        var group = (await client.Post("/Groups", Bodies.Group("G", user.Id))).ShouldBe(201);
        var before = await client.Get($"/Users/{user.Id}");
        await first.DisposeAsync();

        await using var second = await TestServer.Start(folder, adminKey: first.AdminKey);

        second.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().TrimEnd().ShouldBe($"Tenant URL:   {second.Url}/scim/v2");
        var again = second.Client("/scim/v2", first.SecretToken);
        (await again.Get($"/Users/{user.Id}")).Text.Replace(second.Url, first.Url, StringComparison.Ordinal).ShouldBe(before.Text);
        (await again.Get($"/Groups/{group.Id}")).Text.ShouldContain(user.Id);
        (await again.Post("/Users", Bodies.User("ADA"))).ShouldBeError(409, "uniqueness");
        (await second.Admin.Get("/tenants")).ShouldBe(200);
    }

    [Fact]
    public async Task FirstStart_WithPublicUrl_PrintsAndServesThatAddress()
    {
        await using var server = await TestServer.Start(args: ["--Api:PublicUrl", "https://scim.example.com/"]);

        var made = (await server.Client("/scim/v2", server.SecretToken).Post("/Users", Bodies.User("ada"))).ShouldBe(201);

        server.Printed.ShouldStartWith("Tenant URL:   https://scim.example.com/scim/v2");
        made.Header("Location").ShouldBe($"https://scim.example.com/scim/v2/Users/{made.Id}");
    }

    [Fact]
    public void Create_SettingsAtFault_TellsEachAndMakesNoServer()
    {
        var standardError = Console.Error;
        using var told = new StringWriter();
        Console.SetError(told);
        MusterServer? server;
        try
        {
            server = MusterServer.Create(["--Limits:RequestsPerSecond", "-1", "--Limits:RequestBytes", "many", "--Limits:MaxScanned", "0", "--Limits:MaxActivations", "999", "--Api:PublicUrl", "nonsense", "--Api:Proxies", "10.0.0.0/8,proxy", "--Admin:Key", "short"]);
        }
        finally
        {
            Console.SetError(standardError);
        }

        server.ShouldBeNull();
        var text = told.ToString();
        foreach (var setting in new[] { "Limits:RequestsPerSecond", "Limits:RequestBytes", "Limits:MaxScanned", "Limits:MaxActivations", "Api:PublicUrl", "Api:Proxies", "Admin:Key" })
        {
            text.ShouldContain($"Configuration: {setting}");
        }

        text.ShouldNotContain("short", customMessage: "a secret must not be printed");
    }

    [Fact]
    public async Task AdminKey_FromTheSettings_OpensTheAdminApi()
    {
        const string Key = "a-key-that-was-set-from-outside-0123456789";
        await using var server = await TestServer.Start(args: ["--Admin:Key", Key]);

        (await server.Client("/admin/v1", Key).Get("/tenants")).ShouldBe(200);
        (await server.Client("/admin/v1", Key + "x").Get("/tenants")).ShouldBeProblem(401);
        (await server.Client("/scim/v2", Key).Get("/Users")).ShouldBeError(401);
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_OfARunningServer_IsOpenToAll(string path, string status)
    {
        var server = await TestServer.Shared;

        (await server.Client("", null).Get(path)).ShouldBe(200).String("status").ShouldBe(status);
    }
}
