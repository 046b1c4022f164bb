using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Scim.Patching;
using Scim.Projection;
using Scim.Resources;

namespace Scim.Tests.Patching;

/// <summary>What holds of each PATCH of a user's e-mail addresses and of an extension, and of what is shown of the result.</summary>
public class PatchLawTests
{
    private const string PatchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private const string Start = """
        {"userName":"u","emails":[{"value":"a@x","type":"work","primary":true},{"value":"b@x","type":"home"},{"value":"c@x","type":"other","primary":false}],
        "urn:example:scim:2.0:Custom":{"tags":["a"],"secret":"s","notes":"n","tenure":"t","count":1,"score":3}}
        """;

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);
    private static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(0, int.MaxValue));

    private static readonly string[] Operations =
    [
        """{"op":"add","path":"emails","value":[{"value":"d@x","type":"work","primary":true}]}""",
        """{"op":"replace","path":"emails[type eq \"home\"].primary","value":true}""",
        """{"op":"replace","path":"emails[value co \"@\"].primary","value":true}""",
        """{"op":"add","path":"emails[type eq \"other\"]","value":{"primary":true}}""",
        """{"op":"add","path":"emails[type eq \"new\"].value","value":"n@x"}""",
        """{"op":"replace","path":"emails","value":[{"value":"e@x","primary":true},{"value":"f@x"}]}""",
        """{"op":"remove","path":"emails[primary eq true]"}""",
        """{"op":"replace","value":{"emails":[{"value":"g@x","primary":true}],"urn:example:scim:2.0:Custom:score":9,"id":"other","groups":[{"value":"1"}]}}""",
        """{"op":"add","path":"urn:example:scim:2.0:Custom","value":{"score":9,"secret":"t"}}""",
        """{"op":"replace","path":"urn:example:scim:2.0:Custom:score","value":9}""",
        """{"op":"replace","path":"meta.version","value":"9"}""",
        """{"op":"remove","path":"urn:example:scim:2.0:Custom:count"}""",
    ];

    private static JsonObject User => ResourceReader.Read(Encoding.UTF8.GetBytes(Start), TestSchemas.Extended.User, Dialect.Entra).Value;

    [Fact]
    public void AnyOperations_OnePrimary_ReadOnlyUnchanged_FailureChangesNothing() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var user = User;
        var before = user.ToJsonString();

        var applied = Apply(user, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Operations[random.Next(Operations.Length)])]);

        user.ToJsonString().ShouldBe(before);
        if (applied is not null)
        {
            (applied["emails"]?.AsArray() ?? []).Count(email => email!["primary"]?.GetValue<bool>() == true).ShouldBeLessThan(2);
            applied[TestSchemas.Custom]?["score"].ShouldBeNull();
            applied["id"].ShouldBeNull();
            applied["groups"].ShouldBeNull();
        }
    }));

    [Fact]
    public void AddThenRemove_OfANewValue_GivesBackTheStart() => Check.One(Many, Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), Seeds, (text, seed) =>
    {
        // A value that is there already, in another case too, would be taken away with it.
        var value = JsonSerializer.Serialize($"new {string.Concat(text.Get.Where(letter => !char.IsSurrogate(letter)))}");
        var (path, given) = seed % 2 == 0 ? ("emails", $$"""{"value":{{value}},"type":"new"}""") : ("urn:example:scim:2.0:Custom:tags", value);

        var added = Apply(User, [$$"""{"op":"add","path":"{{path}}","value":[{{given}}]}"""]).ShouldNotBeNull();
        added.ToJsonString().ShouldNotBe(User.ToJsonString());
        var removed = Apply(added, [$$"""{"op":"remove","path":"{{path}}","value":[{{given}}]}"""]).ShouldNotBeNull();

        JsonEquality.DeepEquals(removed, User).ShouldBeTrue(removed.ToJsonString());
    }));

    [Fact]
    public void Projection_NeverShowsNever_AndAttributesAndExcludedAreDisjointButForWhatIsAlwaysThere() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        string[] names = ["userName", "emails", "externalId", "urn:example:scim:2.0:Custom:secret", "urn:example:scim:2.0:Custom:notes", "urn:example:scim:2.0:Custom:count", "urn:example:scim:2.0:Custom", "password"];
        var random = new Random(seed);
        var list = string.Join(',', names.Where(_ => random.Next(2) == 0));
        var type = TestSchemas.Extended.User;
        var meta = new ResourceMeta("1", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1);
        var rendered = new ArrayBufferWriter<byte>();
        AddressMark.Fill(ResourceRenderer.Render(type, JsonBody.ToUtf8(User), meta), "https://a"u8, rendered);

        var only = Shown(AttributeSelection.Parse(list, null, type).Value, rendered.WrittenSpan);
        var left = Shown(AttributeSelection.Parse(null, list, type).Value, rendered.WrittenSpan);

        foreach (var shown in new[] { only, left })
        {
            shown["password"].ShouldBeNull();
            shown[TestSchemas.Custom]?["secret"].ShouldBeNull();
            shown["id"].ShouldNotBeNull();
        }

        left[TestSchemas.Custom]?["notes"].ShouldBeNull();
        if (list.Length > 0)
        {
            foreach (var name in new[] { "userName", "emails" })
            {
                (only.ContainsKey(name) && left.ContainsKey(name) && type.FindAttribute(name)!.Returned != global::Scim.Schemas.Returned.Always).ShouldBeFalse(name);
                (only.ContainsKey(name) || left.ContainsKey(name)).ShouldBeTrue(name);
            }
        }
    }));

    private static JsonObject? Apply(JsonObject user, string[] operations)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"schemas":["{{PatchOp}}"],"Operations":[{{string.Join(',', operations)}}]}""");
        return PatchRequest.Parse(body, TestSchemas.Extended.User, Dialect.Entra).TryGet(out var patch, out _) && patch.Apply(user).TryGet(out var replaced, out _)
            ? replaced.Resource
            : null;
    }

    private static JsonObject Shown(AttributeSelection selection, ReadOnlySpan<byte> resource)
    {
        var output = new ArrayBufferWriter<byte>(resource.Length);
        selection.Project(resource, output);
        return JsonBody.Parse(output.WrittenSpan).Value;
    }
}
