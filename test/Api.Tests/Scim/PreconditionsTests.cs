using Api.Scim;

namespace Api.Tests.Scim;

public sealed class PreconditionsTests
{
    [Theory]
    [InlineData("W/\"1\\\",, \t,W/\t\t")]
    [InlineData("W/\"1\", W/")]
    [InlineData("W/\t")]
    [InlineData("\"1\", \"2")]
    public void IfMatch_ListThatEndsWithinATag_IsInvalidSyntax(string header)
    {
        Preconditions.IfMatch(header).TryGet(out _, out var error).ShouldBeFalse();

        error!.Status.ShouldBe(400);
        error.ScimType.ShouldBe("invalidSyntax");
    }
}
