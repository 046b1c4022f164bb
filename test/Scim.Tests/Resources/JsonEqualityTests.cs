using System.Text.Json.Nodes;
using Scim.Resources;

namespace Scim.Tests.Resources;

public sealed class JsonEqualityTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null]}""", """{"b":[true,null],"a":1}""", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1]", "[1,1]", false)]
    [InlineData("1", "1.0", false)]
    [InlineData("1e400", "1e400", true)]
    [InlineData("\"A\"", "\"a\"", false)]
    [InlineData("\"\\u0041\"", "\"A\"", true)]
    [InlineData("true", "\"true\"", false)]
    [InlineData("true", "false", false)]
    [InlineData("null", "{}", false)]
    [InlineData("null", "null", true)]
    [InlineData("""{"a":1}""", """{"b":1}""", false)]
    [InlineData("{}", "[]", false)]
    public void DeepEquals(string left, string right, bool expected) =>
        JsonEquality.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right)).ShouldBe(expected);
}
