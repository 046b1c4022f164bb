using System.Net;
using Api.Tests.OAuth;

namespace Api.Tests.Setup;

/// <summary>The page of setup links, as a browser without a script has it.</summary>
public sealed class SetupPageTests(SetupWorld world) : IClassFixture<SetupWorld>
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'";

    [Fact]
    public async Task Show_AnyTime_IsOnePageForAllThatKnowsOfNoLink()
    {
        var page = world.Server.Client("/setup", token: null);

        var one = (await page.Get("")).ShouldBePage(200);
        var two = (await page.Get("?x=y")).ShouldBePage(200);
        var head = (await page.Send("HEAD", "", body: null)).ShouldBePage(200);

        one.WithoutNonce().ShouldBe(two.WithoutNonce());
        one.Header("Content-Security-Policy").ShouldNotBe(two.Header("Content-Security-Policy"));
        head.Body.ShouldBeEmpty();
        one.Text.ShouldContain("<form id=\"open\" method=\"post\" action=\"?\">");
        one.Text.ShouldContain("<label for=\"link\">");
        (await page.Send("DELETE", "", body: null)).Status.ShouldBe(405);
    }

    [Fact]
    public async Task Open_AGoodLink_SaysWhereItLeadsAndUsesNothingUp()
    {
        var link = await Link("""{"label":"Contoso, first rollout"}""");
        (await link.Listed())["state"]!.GetValue<string>().ShouldBe("open");

        var page = (await link.Open()).ShouldBePage(200);
        (await link.Open(link.Url)).ShouldBePage(200);
        (await link.Open($"  {link.Secret} \n")).ShouldBePage(200);

        page.Text.ShouldContain("<h1>Connect Microsoft Entra ID to A directory</h1>");
        page.Text.ShouldContain("<dd id=\"tenant\">A tenant</dd>");
        page.Text.ShouldContain("<dd id=\"label\">Contoso, first rollout</dd>");
        page.Text.ShouldContain("This link works once.");
        foreach (var id in new[] { "way-key", "way-federation", "way-client", "use-key", "use-federation", "use-client", "tenant-id", "subject", "audience", "issuer", "jwks-url", "years" })
        {
            page.Text.Found($" id=\"(?<found>{id})\"").ShouldHaveSingleItem(id);
        }

        foreach (var field in page.Text.Found("<(input|select) id=\"(?<found>[^\"]+)\""))
        {
            page.Text.ShouldContain($"<label for=\"{field}\">");
        }

        (await link.Listed())["state"]!.GetValue<string>().ShouldBe("opened");
        (await link.Use("key")).ShouldBePage(200);
    }

    [Theory]
    [InlineData("entra", "Microsoft Entra ID", "key,federation,client")]
    [InlineData("okta", "Okta", "key,client")]
    [InlineData("strict", "your identity provider", "key,client,federation")]
    public async Task Open_ByDialect_SpeaksOfThatIdentityProvider(string dialect, string name, string ways)
    {
        var directory = await world.Server.MakeDirectory(dialect: dialect);
        var link = await TestSetupLink.Make(world.Server, directory.Id);

        var page = (await link.Open()).ShouldBePage(200);

        page.Text.ShouldContain($"<h1>Connect {name} to A directory</h1>");
        page.Text.Found("<details id=\"way-(?<found>[a-z]+)\"").ShouldBe(ways.Split(','));
        (await link.Use("key")).ShouldBePage(200).Text.ShouldContain(dialect == "okta" ? "In the Okta Admin Console" : dialect == "entra" ? "In the Microsoft Entra admin center" : "Open the SCIM provisioning of your identity provider");
    }

    [Fact]
    public async Task Open_HostileNames_AreTextAndNothingElse()
    {
        var name = System.Text.Json.JsonSerializer.Serialize(Hostile);
        var tenant = (await world.Server.Admin.Post("/tenants", $$"""{"name":{{name}}}""")).ShouldBe(201).Id;
        var directory = (await world.Server.Admin.Post($"/tenants/{tenant}/directories", $$"""{"name":{{name}}}""")).ShouldBe(201).Id;
        var link = await TestSetupLink.Make(world.Server, directory, $$"""{"label":{{name}}}""");

        Answer[] pages =
        [
            await link.Open(),
            await link.Use("federation", ("tenantId", Hostile), ("subject", Hostile), ("audience", ""), ("issuer", Hostile), ("jwksUrl", Hostile)),
            await link.Use("key"),
        ];

        foreach (var page in pages)
        {
            page.ShouldBePage(page == pages[1] ? 400 : 200);
            page.Text.ShouldNotContain("<img");
            page.Text.ShouldNotContain("<script>");
            page.Text.ShouldContain(WebUtility.HtmlEncode("\"><script>alert(1)</script>"));
        }

        TestSetupLink.ValueOf(pages[1], "subject").ShouldBe(Hostile);
        (await world.Server.Admin.Get($"/directories/{directory}/keys")).Json["items"]![0]!["name"]!.GetValue<string>().ShouldBe(Hostile);
    }

    [Fact]
    public async Task Use_ForAKey_ShowsValuesThatWork_Once()
    {
        var link = await Link("""{"label":"Contoso"}""");
        var mark = TestSetupLink.MarkOf(await link.Open(), "key");

        var page = (await link.Send("key", mark)).ShouldBePage(200);

        var token = TestSetupLink.ValueOf(page, "secret-token").ShouldNotBeNull();
        TestSetupLink.ValueOf(page, "tenant-url").ShouldBe($"{world.Server.Url}/scim/v2");
        TestSetupLink.ValueOf(page, "client-id").ShouldBeNull();
        (await world.Server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBe(200);
        var listed = await link.Listed();
        listed["state"]!.GetValue<string>().ShouldBe("used");
        listed["way"]!.GetValue<string>().ShouldBe("key");
        var keys = (await world.Server.Admin.Get($"/directories/{link.Directory}/keys")).Json["items"]!.AsArray();
        keys.Single(k => k!["name"]!.GetValue<string>() == "Contoso")!["id"]!.GetValue<string>().ShouldBe(listed["key"]!.GetValue<string>());
        (await link.Open()).ShouldBeGone();
        (await link.Send("key", "another-mark")).ShouldBeGone();
        (await link.Send("client", mark, ("years", "1"))).ShouldBeGone();
        var tenant = (await world.Server.Admin.Get($"/directories/{link.Directory}")).String("tenant");
        var record = (await world.Server.Admin.Get($"/tenants/{tenant}/audit?actor=setup-link:{link.Id}")).ShouldBe(200);
        var entry = record.Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)entry["outcome"], (string?)entry["actorName"], (string?)entry["scope"], (string?)entry["route"]).ShouldBe(("done", "Contoso", $"directory:{link.Directory}", "/setup"));
        entry["targets"]!.AsArray().Select(t => (string?)t).ShouldBe([$"directory:{link.Directory}", $"setup-link:{link.Id}", $"key:{(string?)listed["key"]}"], ignoreOrder: true);
        record.Text.ShouldNotContain(token[^20..]);
    }

    [Theory]
    [InlineData("""{"form":"path"}""", "/directories/{0}/scim/v2")]
    [InlineData("""{"form":"host","prefix":"app"}""", "host")]
    public async Task Use_ByProfile_ShowsTheTenantUrlInItsForm(string form, string expected)
    {
        var profile = $"setup-{Guid.NewGuid():N}"[..20];
        (await world.Server.Admin.Put($"/profiles/{profile}", $$"""{"name":"{{profile}}","title":"Acme HR","tenantUrl":{{form}}}""")).Status.ShouldBeOneOf(200, 201);
        var directory = await world.Server.MakeDirectory(more: $",\"profile\":\"{profile}\"");
        var link = await TestSetupLink.Make(world.Server, directory.Id);

        var page = (await link.Use("key")).ShouldBePage(200);

        var port = new Uri(world.Server.Url).Port;
        TestSetupLink.ValueOf(page, "tenant-url").ShouldBe(
            expected == "host" ? $"http://{directory.Id}.muster.test:{port}/app/scim/v2" : world.Server.Url + string.Format(null, expected, directory.Id));
        page.Text.ShouldContain("<h1>Connect Microsoft Entra ID to Acme HR</h1>");
    }

    [Fact]
    public async Task Use_ForAClient_ShowsValuesThatWork()
    {
        var link = await Link();

        var page = (await link.Use("client", ("years", "2"))).ShouldBePage(200);

        var client = new TestClient(new TestDirectory(world.Server, "", link.Directory, "", ""), "", TestSetupLink.ValueOf(page, "client-id")!);
        TestSetupLink.ValueOf(page, "token-url").ShouldBe($"{world.Server.Url}/oauth2/token");
        TestSetupLink.ValueOf(page, "secret-token").ShouldBeNull();
        var token = (await client.BySecret(TestSetupLink.ValueOf(page, "client-secret")!)).ShouldBeToken();
        (await world.Server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBe(200);
        var made = (await world.Server.Admin.Get($"/directories/{link.Directory}/clients")).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        made["id"]!.GetValue<string>().ShouldBe((await link.Listed())["client"]!.GetValue<string>());
        made["secrets"]![0]!["expires"]!.GetValue<DateTimeOffset>().ShouldBe(world.Time.GetUtcNow().AddYears(2), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Use_ForAFederation_ShowsValuesThatWork()
    {
        await using var issuer = await TokenIssuer.Start(world.Time);
        var link = await Link();

        var page = (await link.Use(
            "federation",
            ("tenantId", TokenIssuer.Tenant.ToUpperInvariant()), ("subject", $" {TokenIssuer.Subject} "), ("audience", TokenIssuer.Audience), ("issuer", issuer.Issuer), ("jwksUrl", issuer.JwksUrl))).ShouldBePage(200);

        var client = new TestClient(new TestDirectory(world.Server, "", link.Directory, "", ""), "", TestSetupLink.ValueOf(page, "client-id")!);
        TestSetupLink.ValueOf(page, "client-secret").ShouldBeNull();
        page.Text.ShouldContain("There is no secret");
        var token = (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        (await world.Server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBe(200);
        (await client.ByAssertion(issuer.Assertion(c => c["tid"] = "another"))).ShouldBeRefused(401, "invalid_client");
    }

    [Fact]
    public async Task Use_ForAFederationOfEntra_KnowsIssuerAndKeysByTheTenant()
    {
        var link = await Link();

        (await link.Use("federation", ("tenantId", TokenIssuer.Tenant), ("subject", "s"), ("audience", "a"))).ShouldBePage(200);

        var federation = (await world.Server.Admin.Get($"/directories/{link.Directory}/clients")).Json["items"]![0]!["federation"]!;
        federation["issuer"]!.GetValue<string>().ShouldBe($"https://login.microsoftonline.com/{TokenIssuer.Tenant}/v2.0");
        federation["jwksUrl"]!.GetValue<string>().ShouldBe($"https://login.microsoftonline.com/{TokenIssuer.Tenant}/discovery/v2.0/keys");
        federation["tenantId"]!.GetValue<string>().ShouldBe(TokenIssuer.Tenant);
    }

    [Theory]
    [InlineData("federation", "", "tenant-id,subject,audience")]
    [InlineData("federation", "tenantId=contoso&subject=s&audience=", "tenant-id,audience")]
    [InlineData("federation", "tenantId=11111111-2222-3333-4444-55555555555&subject=%01&audience=a&issuer=x&jwksUrl=http%3A%2F%2Flogin.example", "tenant-id,subject,jwks-url")]
    [InlineData("federation", "tenantId=11111111-2222-3333-4444-555555555555&subject=s&audience=a&jwksUrl=https%3A%2F%2F169.254.169.254%2F", "jwks-url")]
    [InlineData("federation", "tenantId=11111111-2222-3333-4444-555555555555&subject=s&audience=a&issuer=https%3A%2F%2Flogin.microsoftonline.com%2F99999999-2222-3333-4444-555555555555%2Fv2.0", "issuer")]
    [InlineData("federation", "subject=s&audience=a&issuer=https%3A%2F%2Fi.example", "jwks-url")]
    [InlineData("client", "years=4", "years")]
    [InlineData("client", "", "years")]
    [InlineData("password", "", "way-key")]
    public async Task Use_WithFaults_IsToldEach_AndTheLinkStaysGood(string way, string fields, string faults)
    {
        // 169.254.169.254 is the machine's own network: refused whatever the settings.
        var link = await Link();
        var pairs = fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')).Select(f => (f[0], Uri.UnescapeDataString(f[1]))).ToArray();

        var page = await link.Send(way, "a-mark", pairs);

        page.ShouldBePage(400);
        page.Text.Found("<li><a href=\"#(?<found>[a-z-]+)\">").ShouldBe(faults.Split(','), ignoreOrder: true);
        foreach (var id in faults.Split(',').Where(f => f != "way-key"))
        {
            page.Text.ShouldContain($"<p class=\"fault\" id=\"{id}-fault\">");
            page.Text.ShouldMatch($" id=\"{id}\"[^>]* aria-invalid=\"true\" aria-describedby=\"[^\"]*{id}-fault\"");
        }

        (await link.Listed())["state"]!.GetValue<string>().ShouldBe("opened");
        (await world.Server.Admin.Get($"/directories/{link.Directory}/clients")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await link.Use("key")).ShouldBePage(200);
    }

    [Fact]
    public async Task Use_NoRoomForAClientMore_IsToldAndTheLinkStaysGood()
    {
        var link = await Link();
        for (var i = 0; i < 20; i++)
        {
            (await world.Server.Admin.Post($"/directories/{link.Directory}/clients", """{"name":"c"}""")).ShouldBe(201);
        }

        (await link.Use("client", ("years", "1"))).ShouldBePage(409).Text.ShouldContain("A directory has 20 clients at the most.");

        (await link.Use("key")).ShouldBePage(200);
    }

    [Fact]
    public async Task AnyForm_OfALinkThatDoesNotOpen_GetsTheVerySameAnswer()
    {
        var used = await Link();
        (await used.Use("key")).ShouldBePage(200);
        var withdrawn = await Link();
        (await world.Server.Admin.Delete($"/directories/{withdrawn.Directory}/setup-links/{withdrawn.Id}")).ShouldBe(204);
        var gone = await Link();
        (await world.Server.Admin.Delete($"/directories/{gone.Directory}")).ShouldBe(202);
        var expired = await Link("""{"days":1}""");
        world.Time.Advance(TimeSpan.FromDays(1));
        var good = await Link();
        var restricted = await Link("""{"ways":["federation"]}""");
        string[] dead =
        [
            used.Secret, withdrawn.Secret, gone.Secret, expired.Secret, "", "x", "msl_", "msl_no-such-directory_" + new string('A', 51), good.Secret[..^1], good.Secret + "A",
            good.Secret[..^1] + (good.Secret[^1] == 'A' ? 'B' : 'A'), good.Secret.Replace("msl_", "mst_", StringComparison.Ordinal), good.Secret.ToUpperInvariant(), new string('a', 5000),
            used.Secret.Replace(used.Directory, good.Directory, StringComparison.Ordinal), (await world.Server.MakeDirectory()).Token,
        ];
        var seen = new HashSet<string>(StringComparer.Ordinal);

        foreach (var secret in dead)
        {
            seen.Add((await good.Open(secret)).ShouldBeGone().WithoutNonce());
            foreach (var way in new[] { "key", "client", "federation", "x" })
            {
                seen.Add((await TestSetupLink.Send(world.Server, [("link", secret), ("submission", "m"), ("way", way), ("years", "1")])).ShouldBeGone().WithoutNonce());
            }
        }

        seen.Add((await restricted.Send("key", "m")).ShouldBeGone().WithoutNonce());
        seen.ShouldHaveSingleItem();
        (await good.Use("key")).ShouldBePage(200);
    }

    [Fact]
    public async Task Use_TwentyAtOnce_FromAsManyPages_MakesOneKey()
    {
        var link = await Link();
        var marks = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => TestSetupLink.MarkOf(await link.Open(), "key")));
        marks.Distinct().Count().ShouldBe(20);

        var answers = await Task.WhenAll(marks.Select(m => link.Send("key", m)));

        var token = TestSetupLink.ValueOf(answers.Where(a => a.Status == 200).ShouldHaveSingleItem(), "secret-token");
        answers.Count(a => a.ShouldBePage(a.Status).Status == 404).ShouldBe(19);
        (await world.Server.Admin.Get($"/directories/{link.Directory}/keys")).Json["items"]!.AsArray().ShouldHaveSingleItem();
        (await world.Server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBe(200);
    }

    [Fact]
    public async Task Use_TwentyAtOnce_OfOneForm_ShowTheOneKey()
    {
        // As by a double click, or by a browser that sends the form again because it had no answer.
        var link = await Link();
        var mark = TestSetupLink.MarkOf(await link.Open(), "key");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => link.Send("key", mark)));

        var token = answers.Select(a => TestSetupLink.ValueOf(a.ShouldBePage(200), "secret-token")).Distinct().ShouldHaveSingleItem();
        (await world.Server.Admin.Get($"/directories/{link.Directory}/keys")).Json["items"]!.AsArray().ShouldHaveSingleItem();
        (await world.Server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBe(200);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        (await link.Send("key", mark)).ShouldBeGone();
    }

    [Fact]
    public async Task Use_WithoutAMark_WorksOnce()
    {
        var link = await Link();

        (await TestSetupLink.Send(world.Server, [("link", link.Secret), ("way", "key")])).ShouldBePage(200);

        (await TestSetupLink.Send(world.Server, [("link", link.Secret), ("way", "key")])).ShouldBeGone();
    }

    [Fact]
    public async Task Take_WhatIsNoFormOfThePage_IsRefusedAndUsesNothingUp()
    {
        var link = await Link();
        var page = world.Server.Client("/setup", token: null);
        (string, string)[] form = [("link", link.Secret), ("way", "key")];

        (await page.Post("", "{}")).ShouldBePage(415);
        (await page.Post("", $"link={link.Secret}", ("Content-Type", "text/plain"))).ShouldBePage(415);
        (await page.Post("", $"link={link.Secret}", ("Content-Type", "application/x-www-form-urlencoded; ="))).ShouldBePage(415);
        (await page.Post("", "link=%00", ("Content-Type", TestSetupLink.Form))).ShouldBePage(415);
        (await page.Post("", string.Concat(Enumerable.Repeat("a=b&", 40)), ("Content-Type", TestSetupLink.Form))).ShouldBePage(415);
        (await page.Post("", "link=" + new string('a', 70_000), ("Content-Type", TestSetupLink.Form))).ShouldBePage(413);
        (await TestSetupLink.Send(world.Server, form, ("Sec-Fetch-Site", "cross-site"))).ShouldBePage(403);
        (await TestSetupLink.Send(world.Server, form, ("Sec-Fetch-Site", "same-site"))).ShouldBePage(403);

        (await link.Listed())["state"]!.GetValue<string>().ShouldBe("open");
        (await TestSetupLink.Send(world.Server, form, ("Sec-Fetch-Site", "same-origin"))).ShouldBePage(200);
    }

    private async Task<TestSetupLink> Link(string body = "{}") => await TestSetupLink.Make(world.Server, await NewDirectory(), body);

    /// <summary>A directory without a key.</summary>
    private async Task<string> NewDirectory() =>
        (await world.Server.Admin.Post($"/tenants/{await world.Server.MakeTenant()}/directories", """{"name":"A directory"}""")).ShouldBe(201).Id;
}
