namespace Api.Tests.OAuth;

/// <summary>What answers of the token endpoint must be.</summary>
internal static class TokenAssertions
{
    /// <summary>An access token (RFC 6749 §5.1).</summary>
    public static string ShouldBeToken(this Answer answer, int seconds = 3600)
    {
        answer.ShouldBe(200);
        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Header("Cache-Control").ShouldBe("no-store");
        answer.String("token_type").ShouldBe("Bearer");
        answer.String("scope").ShouldBe("scim");
        answer.Json["expires_in"]!.GetValue<int>().ShouldBeInRange(seconds - 1, seconds);
        return answer.String("access_token").ShouldNotBeNull();
    }

    /// <summary>A refusal (RFC 6749 §5.2).</summary>
    public static Answer ShouldBeRefused(this Answer answer, int status, string error)
    {
        answer.ShouldBe(status);
        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Header("Cache-Control").ShouldBe("no-store");
        answer.String("error").ShouldBe(error);
        return answer;
    }

    public static async Task ShouldOpen(this TestDirectory directory, string token) =>
        (await directory.Server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBe(200);

    public static async Task ShouldNotOpen(this TestDirectory directory, string token) =>
        (await directory.Server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBeError(401);
}
