using System.Text;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Resources;

namespace Scim.Tests.Resources;

public sealed class ReplacementTests
{
    [Fact]
    public void Apply_TheSameInAnotherOrder_ChangesNothing()
    {
        var existing = Read("""{"userName":"u","name":{"givenName":"g","familyName":"f"},"emails":[{"value":"a"}]}""");
        var replaced = Replacement.Apply(existing, Read("""{"emails":["a"],"name":{"familyName":"f","givenName":"g"},"userName":"u"}"""), TestSchemas.Extended.User).Value;
        replaced.Changed.ShouldBeFalse();
        replaced.Resource.ShouldBeSameAs(existing);
    }

    [Fact]
    public void Apply_WhatIsNotSent_IsCleared()
    {
        var existing = Read("""{"userName":"u","title":"t","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"d"}}""");
        var before = existing.ToJsonString();
        var replaced = Replacement.Apply(existing, Read("""{"userName":"U"}"""), TestSchemas.Extended.User).Value;
        replaced.Changed.ShouldBeTrue();
        replaced.Resource.ToJsonString().ShouldBe("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"U"}""");
        existing.ToJsonString().ShouldBe(before);
    }

    [Fact]
    public void Apply_ReadOnlyValues_Stay()
    {
        var existing = Read("""{"userName":"u"}""");
        existing[TestSchemas.Custom] = new JsonObject { ["score"] = 5 };
        var replaced = Replacement.Apply(existing, Read("""{"userName":"u","urn:example:scim:2.0:Custom":{"score":9,"count":1}}"""), TestSchemas.Extended.User).Value;
        replaced.Resource[TestSchemas.Custom]!.ToJsonString().ShouldBe("""{"count":1,"score":5}""");
    }

    [Theory]
    [InlineData("""{"badge":"b"}""", """{"badge":"b","desk":{"floor":1,"number":"n"}}""")]
    [InlineData("{}", """{"badge":"b","desk":{"number":"n"}}""")]
    [InlineData("""{"desk":{"floor":2}}""", """{"desk":{"floor":2,"number":"n"},"badge":"b"}""")]
    public void Apply_ImmutableValuesThatAreSet_Stay(string sent, string expected)
    {
        var existing = Read("""{"userName":"u","urn:example:scim:2.0:Custom":{"badge":"b","desk":{"floor":1,"number":"n"}}}""");
        var incoming = Read("""{"userName":"u","urn:example:scim:2.0:Custom":""" + sent + "}");
        var custom = (JsonObject)Replacement.Apply(existing, incoming, TestSchemas.Extended.User).Value.Resource[TestSchemas.Custom]!;
        if (sent.Contains("badge", StringComparison.Ordinal))
        {
            custom["desk"]!.ToJsonString().ShouldBe("""{"number":"n"}""");
        }
        else
        {
            JsonEquality.DeepEquals(custom, JsonNode.Parse(expected)).ShouldBeTrue(custom.ToJsonString());
        }
    }

    [Theory]
    [InlineData("""{"badge":"c"}""", "'urn:example:scim:2.0:Custom:badge' is immutable: it is set, and cannot be changed.")]
    [InlineData("""{"desk":{"floor":1,"number":"m"}}""", "'urn:example:scim:2.0:Custom:desk.number' is immutable: it is set, and cannot be changed.")]
    public void Apply_AnotherImmutableValue_IsMutability(string sent, string detail)
    {
        var existing = Read("""{"userName":"u","urn:example:scim:2.0:Custom":{"badge":"b","desk":{"floor":1,"number":"n"}}}""");
        var incoming = Read("""{"userName":"u","urn:example:scim:2.0:Custom":""" + sent + "}");
        Replacement.Apply(existing, incoming, TestSchemas.Extended.User).Error.ShouldBe(ScimError.Mutability(detail));
    }

    [Fact]
    public void Apply_AnImmutableValueThatIsNotSet_IsSet() =>
        Replacement.Apply(Read("""{"userName":"u"}"""), Read("""{"userName":"u","urn:example:scim:2.0:Custom":{"badge":"b"}}"""), TestSchemas.Extended.User)
            .Value.Resource[TestSchemas.Custom]!.ToJsonString().ShouldBe("""{"badge":"b"}""");

    private static JsonObject Read(string body) => ResourceReader.Read(Encoding.UTF8.GetBytes(body), TestSchemas.Extended.User, Dialect.Entra).Value;
}
