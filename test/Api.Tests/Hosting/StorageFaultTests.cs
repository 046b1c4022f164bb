namespace Api.Tests.Hosting;

/// <summary>When storage fails: 503 with Retry-After, nothing is acknowledged, and nothing that was acknowledged is lost.</summary>
public sealed class StorageFaultTests
{
    [Fact]
    public async Task Writes_WhenStorageRefusesThem_Are503AndReadsGoOn()
    {
        var faults = new FaultSwitch();
        await using var server = await Start(faults);
        var directory = await server.MakeDirectory();
        var user = await directory.MakeUser("ada");
        var group = await directory.MakeGroup("G", user);
        var before = await directory.Everything();

        faults.Fault = StorageFault.WritesRefused;
        Answer[] refused =
        [
            await directory.Scim.Post("/Users", Bodies.User("eve")),
            await directory.Scim.Patch($"/Users/{user}", Bodies.Replace("title", "\"lost\"")),
            await directory.Scim.Put($"/Users/{user}", Bodies.User("ada2")),
            await directory.Scim.Patch($"/Groups/{group}", Bodies.Replace("displayName", "\"lost\"")),
            await directory.Scim.Delete($"/Users/{user}"),
        ];
        faults.Fault = StorageFault.None;

        foreach (var answer in refused)
        {
            answer.ShouldBeError(503).Header("Retry-After").ShouldBe("1");
        }

        (await directory.Everything()).ShouldBe(before);
        (await directory.Scim.Post("/Users", Bodies.User("eve"))).ShouldBe(201);
    }

    [Fact]
    public async Task AdminRequest_WhenStorageIsAway_Is503()
    {
        var faults = new FaultSwitch();
        await using var server = await Start(faults);

        faults.Fault = StorageFault.Away;
        var refused = await server.Admin.Post("/tenants", """{"name":"lost"}""");
        faults.Fault = StorageFault.None;

        refused.ShouldBeProblem(503).Header("Retry-After").ShouldBe("1");
        (await server.Admin.Get("/tenants")).Text.ShouldNotContain("lost");
    }

    [Fact]
    public async Task Create_WhoseAnswerWasLost_IsOneUserAfterTheRetry()
    {
        var faults = new FaultSwitch();
        await using var server = await Start(faults);
        var directory = await server.MakeDirectory();
        (await directory.Scim.Get("/Users")).ShouldBe(200);

        faults.Fault = StorageFault.AnswersLost;
        var lost = await directory.Scim.Post("/Users", Bodies.User("once"), ("Idempotency-Key", "k"));
        faults.Fault = StorageFault.None;
        var retried = await directory.Scim.Post("/Users", Bodies.User("once"), ("Idempotency-Key", "k"));

        // The server may look for its write and find it; or it may not know.
        lost.Status.ShouldBeOneOf(201, 503);
        retried.ShouldBe(201);
        var list = await directory.Scim.Get("/Users");
        list.TotalResults.ShouldBe(1);
        list.Resources[0]!["id"]!.GetValue<string>().ShouldBe(retried.Id);
    }

    [Fact]
    public async Task ManyWrites_OneInFiveOfWhichFails_KeepWhatWasAcknowledgedAcrossARestart()
    {
        var faults = new FaultSwitch();
        var folder = System.IO.Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        var server = await Start(faults, folder);
        var directory = await server.MakeDirectory();
        faults.OneIn = 5;
        var acknowledged = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 60; i++)
        {
            var made = await directory.Scim.Post("/Users", Bodies.User($"u{i}"));
            made.Status.ShouldBeOneOf(201, 503);
            if (made.Status == 201)
            {
                acknowledged[made.Id] = (await directory.Scim.Patch($"/Users/{made.Id}", Bodies.Replace("title", "\"kept\""))).Status == 200 ? "kept" : "";
            }
        }

        faults.OneIn = 0;
        var key = server.AdminKey;
        await server.DisposeAsync();
        await using var again = await TestServer.Start(folder, adminKey: key);
        var client = again.Client("/scim/v2", directory.Token);

        acknowledged.Count.ShouldBeGreaterThan(5);
        foreach (var (id, title) in acknowledged)
        {
            var read = (await client.Get($"/Users/{id}")).ShouldBe(200);
            if (title.Length > 0)
            {
                read.String("title").ShouldBe(title);
            }

            (await client.Find("/Users", $"userName eq \"{read.String("userName")}\"")).Resources.Single()!["id"]!.GetValue<string>().ShouldBe(id);
        }

        // Each name is either a user's or free: none is held by nobody.
        for (var i = 0; i < 60; i++)
        {
            var found = (await client.Find("/Users", $"userName eq \"u{i}\"")).TotalResults;
            (await client.Post("/Users", Bodies.User($"U{i}"))).Status.ShouldBe(found == 0 ? 201 : 409);
        }
    }

    [Fact]
    public async Task TotalResults_AfterCreatesThatFailed_CountsTheUsersThatAreOnceTheLogHasSwept()
    {
        var faults = new FaultSwitch();
        var clock = new ManualTimeProvider();
        await using var server = await TestServer.Start(
            time: clock,
            configure: builder => EngineUnderTest.DecorateStorage(builder, inner => new FaultyStorage(inner, faults)));
        var directory = await server.MakeDirectory();
        faults.OneIn = 5;
        for (var i = 0; i < 20; i++)
        {
            await directory.Scim.Post("/Users", Bodies.User($"u{i}"));
        }

        faults.OneIn = 0;

        // Each advance lets the log ask after what never was settled; what it asks for is done beside this test.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var list = await directory.Scim.Get("/Users");
        while (list.TotalResults != list.Resources.Count)
        {
            patience.IsCancellationRequested.ShouldBeFalse($"{list.TotalResults} are counted, {list.Resources.Count} are there");
            clock.Advance(TimeSpan.FromSeconds(6));
            list = await directory.Scim.Get("/Users");
        }

        list.TotalResults.ShouldBeGreaterThan(0);
    }

    private static Task<TestServer> Start(FaultSwitch faults, string? folder = null) =>
        TestServer.Start(folder, configure: builder => EngineUnderTest.DecorateStorage(builder, inner => new FaultyStorage(inner, faults)));
}
