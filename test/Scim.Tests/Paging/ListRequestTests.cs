using Scim.Errors;
using Scim.Paging;

namespace Scim.Tests.Paging;

public sealed class ListRequestTests
{
    [Theory]
    [InlineData(null, null, 1, 100)]
    [InlineData("11", "5", 11, 5)]
    [InlineData("0", "0", 1, 0)]
    [InlineData("-7", "-1", 1, 0)]
    [InlineData("1", "5000", 1, 1000)]
    [InlineData("99999999999999999999", "99999999999999999999", int.MaxValue, 1000)]
    [InlineData("-99999999999999999999", "-99999999999999999999", 1, 0)]
    [InlineData("007", "010", 7, 10)]
    public void Parse_WholeNumbers_AreBroughtIntoRange(string? startIndex, string? count, int expectedStart, int expectedCount) =>
        ListRequest.Parse(startIndex, count).Value.ShouldBe(new ListRequest(expectedStart, expectedCount));

    [Theory]
    [InlineData("one", null, "'startIndex' must be a whole number.")]
    [InlineData("1.0", null, "'startIndex' must be a whole number.")]
    [InlineData("", null, "'startIndex' must be a whole number.")]
    [InlineData("-", null, "'startIndex' must be a whole number.")]
    [InlineData("٣", null, "'startIndex' must be a whole number.")]
    [InlineData(null, "1e2", "'count' must be a whole number.")]
    [InlineData(null, " 5", "'count' must be a whole number.")]
    public void Parse_AnythingElse_IsInvalidValue(string? startIndex, string? count, string detail) =>
        ListRequest.Parse(startIndex, count).Error.ShouldBe(ScimError.InvalidValue(detail));

    [Fact]
    public void Parse_ByCursor_HasItsOwnErrors()
    {
        ListRequest.Parse(null, "5", cursor: "abc").Value.ShouldBe(new ListRequest(1, 5, "abc"));
        ListRequest.Parse(null, "five", cursor: "").Error.ShouldBe(ScimError.InvalidCount("'count' must be a whole number."));
        ListRequest.Parse("1", null, cursor: "").Error!.ScimType.ShouldBe("invalidValue");
    }

    [Fact]
    public void Parse_WithLimits_CutsToThem()
    {
        var limits = new ListLimits(DefaultCount: 10, MaxCount: 20);
        ListRequest.Parse(null, null, limits).Value.Count.ShouldBe(10);
        ListRequest.Parse(null, "21", limits).Value.Count.ShouldBe(20);
    }
}
