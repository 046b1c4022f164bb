using System.Text;
using Scim.Errors;

namespace Scim.Tests.Errors;

public sealed class ScimErrorWriterTests
{
    [Fact]
    public void ToUtf8_HasTheStatusAsAString() =>
        Encoding.UTF8.GetString(ScimErrorWriter.ToUtf8(ScimError.InvalidValue("'name.givenName' must be a string, not a number."))).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidValue","detail":"'name.givenName' must be a string, not a number."}""");

    [Fact]
    public void ToUtf8_WithoutKeyword_HasNoScimType() =>
        Encoding.UTF8.GetString(ScimErrorWriter.ToUtf8(ScimError.Plain(404, "Not \"here\"\n"))).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404","detail":"Not \"here\"\n"}""");
}
