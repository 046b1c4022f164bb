using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Scim.Projection;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Tests.Resources;

public sealed class ResourceProperties
{
    private const int Mutations = 200_000;

    private static readonly ResourceMeta Meta = new("1", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Version: 1);

    private static readonly string[] Seeds =
    [
        """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"externalId":"x","userName":"u","active":"True","emails":[{"primary":true,"type":"work","value":"a@b"}],"name":{"givenName":"g"},"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":[{"value":"m"}],"department":"d"}}""",
        """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"g","members":[{"$ref":null,"value":"u1"},"u2"]}""",
        """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"\ud83c\udf89","urn:example:scim:2.0:Custom":{"ratio":1.5e3,"count":-7,"hired":"2026-01-31T09:30:00.5Z","key":"TQ==","flag":false,"tags":["a"],"desk":{"floor":1}}}""",
    ];

    /// <summary>Whatever arrives is a value or a fault, and what was taken renders, the same by its bytes as by its tree.</summary>
    [Fact]
    public void AnyBytes_NeverThrow()
    {
        var random = new Random(20260131);
        var taken = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var body = Mutation.Of(Encoding.UTF8.GetBytes(Seeds[i % Seeds.Length]), random);
            var type = i % Seeds.Length == 1 ? TestSchemas.Group : TestSchemas.Extended.User;
            if (ResourceReader.Read(body, type, (Dialect)random.Next(3)).TryGet(out var resource, out var error))
            {
                taken++;
                ResourceRenderer.Render(type, JsonBody.ToUtf8(resource), Meta).AsSpan().SequenceEqual(TreeRenderer.Render(type, resource, Meta)).ShouldBeTrue();
            }
            else
            {
                error.Status.ShouldBe(400);
            }
        }

        // Or else the mutations were too wild to get past the parser.
        taken.ShouldBeGreaterThan(Mutations / 20);
    }

    [Fact]
    public void AnyUser_ReadRenderedAndReadAgain_IsTheSame() =>
        Prop.ForAll(Users.ToArbitrary(), body =>
        {
            var first = ResourceReader.Read(Encoding.UTF8.GetBytes(body), TestSchemas.Extended.User, Dialect.Entra).Value;
            var rendered = Rendered(TestSchemas.Extended.User, first);
            var second = ResourceReader.Read(rendered, TestSchemas.Extended.User, Dialect.Entra).Value;

            JsonEquality.DeepEquals(first, second).ShouldBeTrue(body);
            Rendered(TestSchemas.Extended.User, second).ShouldBe(rendered);
            Replacement.Apply(first, second, TestSchemas.Extended.User).Value.Changed.ShouldBeFalse();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void AnyUser_Rendered_IsTheSameByItsBytesAsByItsTree() =>
        Prop.ForAll(Users.ToArbitrary(), body =>
        {
            var type = TestSchemas.Extended.User;
            var resource = ResourceReader.Read(Encoding.UTF8.GetBytes(body), type, Dialect.Entra).Value;
            ResourceReference[] groups = [new("g1", Display: null), new(body, body)];
            var meta = Meta with { Id = body, Created = DateTimeOffset.MaxValue, Version = body.Length };

            ResourceRenderer.Render(type, JsonBody.ToUtf8(resource), meta, groups).ShouldBe(TreeRenderer.Render(type, resource, meta, groups));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void AnyUser_Projected_HasOnlyValuesOfItsOwn() =>
        Prop.ForAll(Users.ToArbitrary(), Selections.ToArbitrary(), (body, names) =>
        {
            var resource = ResourceReader.Read(Encoding.UTF8.GetBytes(body), TestSchemas.Extended.User, Dialect.Entra).Value;
            var rendered = Rendered(TestSchemas.Extended.User, resource);
            var kept = Projected(AttributeSelection.Parse(names, null, TestSchemas.Extended.User).Value, rendered);
            var left = Projected(AttributeSelection.Parse(null, names, TestSchemas.Extended.User).Value, rendered);
            var whole = Projected(AttributeSelection.Parse(null, null, TestSchemas.Extended.User).Value, rendered);

            kept.ContainsKey("id").ShouldBeTrue();
            left.ContainsKey("schemas").ShouldBeTrue();
            IsPartOf(kept, whole).ShouldBeTrue();
            IsPartOf(left, whole).ShouldBeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Gen<string> Texts => ArbMap.Default.GeneratorFor<string>().Select(text => JsonSerializer.Serialize(text ?? ""));

    private static Gen<string> Emails =>
        Gen.Zip(Texts, Gen.Elements("work", "home", "")).Select(email => $$"""{"value":{{email.Item1}},"type":"{{email.Item2}}"}""")
            .ListOf().Select(emails => $"[{string.Join(',', emails)}]");

    private static Gen<string> Users =>
        Gen.SubListOf(
        [
            Texts.Select(text => $"\"DisplayName\":{text}"),
            Texts.Select(text => $"\"externalId\":{text}"),
            Texts.Select(text => $$$"""
                "name":{"givenName":{{{text}}},"familyName":"f"}
                """),
            Gen.Elements("true", "\"False\"", "null").Select(active => $"\"active\":{active}"),
            Emails.Select(emails => $"\"emails\":{emails}"),
            Texts.Select(text => $$$"""
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{{{text}}},"division":{{{text}}}}
                """),
            ArbMap.Default.GeneratorFor<int>().Select(count => $$"""
                "urn:example:scim:2.0:Custom":{"count":{{count}},"ratio":{{count}}.50,"tags":["a","b"]}
                """),
        ]).SelectMany(members => Gen.CollectToArray(members)).Select(members => $"{{{string.Join(',', members.Prepend("\"userName\":\"u\""))}}}");

    private static Gen<string> Selections =>
        Gen.SubListOf(
            "id", "userName", "displayName", "name", "name.givenName", "emails.type", "emails", "meta.version", "urn:example:scim:2.0:Custom",
            "urn:example:scim:2.0:Custom:count", SchemaUrns.EnterpriseUser + ":manager.value", SchemaUrns.User, "none").Select(names => string.Join(',', names));

    private static byte[] Rendered(ResourceType type, JsonObject resource)
    {
        var output = new ArrayBufferWriter<byte>();
        AddressMark.Fill(ResourceRenderer.Render(type, JsonBody.ToUtf8(resource), Meta), "https://a.example"u8, output);
        return output.WrittenSpan.ToArray();
    }

    private static JsonObject Projected(AttributeSelection selection, byte[] resource)
    {
        var output = new ArrayBufferWriter<byte>();
        selection.Project(resource, output);
        return JsonBody.Parse(output.WrittenSpan).Value;
    }

    /// <summary>Whether each member of one is a member of the other, and its value a part of that one's.</summary>
    private static bool IsPartOf(JsonNode? part, JsonNode? whole) => (part, whole) switch
    {
        (JsonObject a, JsonObject b) => a.All(member => b.TryGetPropertyValue(member.Key, out var value) && IsPartOf(member.Value, value)),
        (JsonArray a, JsonArray b) => a.All(element => b.Any(other => IsPartOf(element, other))),
        _ => JsonEquality.DeepEquals(part, whole),
    };
}
