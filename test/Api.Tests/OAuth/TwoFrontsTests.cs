using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.OAuth;

/// <summary>
/// Two fronts over the same grains: each has a Kestrel, and what it remembers of tokens and keys, of its own. What is revoked through one is
/// refused by the other at the next request.
/// </summary>
public sealed class TwoFrontsTests : IAsyncLifetime
{
    private static readonly string[] Settings = ["--OAuth:PrivateNetworks", "true", "--Limits:TokenRequestsPerMinute", "0"];

    private TestServer one = null!;
    private TestServer two = null!;
    private TestDirectory directory = null!;

    public async Task InitializeAsync()
    {
        one = await TestServer.Start(args: Settings);
        var grains = one.Services.GetRequiredService<IGrainFactory>();
        two = await TestServer.Start(args: Settings, configure: b => b.Services.AddSingleton(grains), adminKey: one.AdminKey);
        directory = await one.MakeDirectory();
    }

    public async Task DisposeAsync()
    {
        await two.DisposeAsync();
        await one.DisposeAsync();
    }

    [Fact]
    public async Task Revocation_ThroughOneFront_IsHonouredByTheOtherAtTheNextRequest()
    {
        await using var issuer = await TokenIssuer.Start(TimeProvider.System);
        var (removed, secretRemoved, untrusted) = (await TestClient.Make(directory), await TestClient.Make(directory), await TestClient.Of(issuer, directory));
        var (_, secret) = await removed.NewSecret();
        var (secretId, otherSecret) = await secretRemoved.NewSecret();
        var rotated = (await one.Admin.Post($"/directories/{directory.Id}/keys", """{"name":"to rotate"}""")).ShouldBe(201);
        var revocations = new (string What, string Token, Func<Task<Answer>> Revoke)[]
        {
            ("client", (await removed.BySecret(secret, two)).ShouldBeToken(), () => one.Admin.Delete(removed.Path)),
            ("secret", (await secretRemoved.BySecret(otherSecret, two)).ShouldBeToken(), () => one.Admin.Delete($"{secretRemoved.Path}/secrets/{secretId}")),
            ("federation", (await untrusted.ByAssertion(issuer.Assertion(), two)).ShouldBeToken(), () => one.Admin.Delete($"{untrusted.Path}/federation")),
            ("key", directory.Token, () => one.Admin.Delete($"/directories/{directory.Id}/keys/{directory.KeyId}")),
            ("rotated key", rotated.String("secretToken")!, async () =>
            {
                (await one.Admin.Post($"/directories/{directory.Id}/keys/{rotated.Id}/rotation", "{}")).ShouldBe(201);
                return await one.Admin.Post($"/directories/{directory.Id}/keys/{rotated.Id}/rotation/complete", "");
            }),
        };
        foreach (var (what, token, revoke) in revocations)
        {
            foreach (var front in new[] { one, two })
            {
                (await front.Client("/scim/v2", token).Get("/Users?count=0")).Status.ShouldBe(200, what);
            }

            (await revoke()).Status.ShouldBeOneOf(200, 204);

            foreach (var front in new[] { two, one })
            {
                (await front.Client("/scim/v2", token).Get("/Users?count=0")).Status.ShouldBe(401, what);
            }
        }

        (await removed.BySecret(secret, two)).ShouldBeRefused(401, "invalid_client");
        (await secretRemoved.BySecret(otherSecret, two)).ShouldBeRefused(401, "invalid_client");
        (await untrusted.ByAssertion(issuer.Assertion(), two)).ShouldBeRefused(401, "invalid_client");
    }

    [Fact]
    public async Task Assertion_TakenByOneFront_IsRefusedByTheOther()
    {
        await using var issuer = await TokenIssuer.Start(TimeProvider.System);
        var client = await TestClient.Of(issuer, directory);
        var assertion = issuer.Assertion();

        (await client.ByAssertion(assertion, one)).ShouldBeToken();

        (await client.ByAssertion(assertion, two)).ShouldBeRefused(401, "invalid_client");
        var race = issuer.Assertion();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => client.ByAssertion(race, i % 2 == 0 ? one : two)));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Status == 401).ShouldBe(9);
    }
}
