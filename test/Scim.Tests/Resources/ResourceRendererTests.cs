using System.Buffers;
using System.Text;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Tests.Resources;

public sealed class ResourceRendererTests
{
    private static readonly ResourceMeta Meta = new(
        "2819c223",
        new DateTimeOffset(2026, 1, 31, 10, 30, 0, 5, TimeSpan.FromHours(1)),
        new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero),
        Version: 3);

    [Fact]
    public void Render_AUser_StandsInOrder() =>
        Rendered(
            TestSchemas.User,
            """
            {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"a/b ü"},"department":"R&D"},
             "userName":"bj+1@example.com","displayName":"Björn 🎉 <\"\\\u0001>","externalId":"701984"}
            """,
            [new ResourceReference("g1"), new ResourceReference("g2", "Tour \"Guides\"")]).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"id":"2819c223","externalId":"701984","userName":"bj+1@example.com","displayName":"Björn \uD83C\uDF89 <\"\\\u0001>","groups":[{"value":"g1","$ref":"@/Groups/g1","type":"direct"},{"value":"g2","$ref":"@/Groups/g2","display":"Tour \"Guides\"","type":"direct"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"a/b ü","$ref":"@/Users/a%2Fb%20%C3%BC"},"department":"R&D"},"meta":{"resourceType":"User","created":"2026-01-31T09:30:00.005Z","lastModified":"2026-02-01T00:00:00.000Z","version":"W/\"3\"","location":"@/Users/2819c223"}}""");

    [Fact]
    public void Render_AGroup_WithMembersStreamedIn()
    {
        var group = ResourceReader.Read(
            """{"displayName":",\"meta\":{","members":[{"value":"u1","$ref":null},{"value":"g2","type":"group"},"u1"]}"""u8, TestSchemas.Group, Dialect.Entra).Value;
        var members = GroupMembers.Take(group);
        members.ShouldBe([new MemberValue("u1", null), new MemberValue("g2", "group"), new MemberValue("u1", null)]);

        var head = ResourceRenderer.Render(TestSchemas.Group, JsonBody.ToUtf8(group), Meta);
        var position = GroupMembers.Position(head);
        var output = new ArrayBufferWriter<byte>();
        output.Write(head.AsSpan(0, position));
        output.Write(GroupMembers.Start);
        GroupMembers.WriteMembers(output, [.. members.Take(2)]);
        output.Write(","u8);
        GroupMembers.WriteMember(output, "u1", "User");
        output.Write(GroupMembers.End);
        output.Write(head.AsSpan(position));

        Filled(output.WrittenSpan).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"2819c223","displayName":",\"meta\":{","members":[{"value":"u1","$ref":"@/Users/u1","type":"User"},{"value":"g2","$ref":"@/Groups/g2","type":"Group"},{"value":"u1","$ref":"@/Users/u1","type":"User"}],"meta":{"resourceType":"Group","created":"2026-01-31T09:30:00.005Z","lastModified":"2026-02-01T00:00:00.000Z","version":"W/\"3\"","location":"@/Groups/2819c223"}}""");
    }

    [Fact]
    public void Take_OfAGroupWithoutMembers_IsNone() =>
        GroupMembers.Take(ResourceReader.Read("""{"displayName":"g"}"""u8, TestSchemas.Group, Dialect.Entra).Value).ShouldBeEmpty();

    [Fact]
    public void Render_Numbers_KeepTheirText() =>
        Rendered(TestSchemas.Extended.User, """{"userName":"u","urn:example:scim:2.0:Custom":{"ratio":1.0,"count":12345678901234567890123}}""")
            .ShouldContain("""{"ratio":1.0,"count":12345678901234567890123}""");

    private static string Rendered(ResourceType type, string body, IReadOnlyList<ResourceReference>? groups = null) =>
        Filled(ResourceRenderer.Render(type, JsonBody.ToUtf8(ResourceReader.Read(Encoding.UTF8.GetBytes(body), type, Dialect.Entra).Value), Meta, groups));

    private static string Filled(ReadOnlySpan<byte> document)
    {
        var output = new ArrayBufferWriter<byte>();
        AddressMark.Fill(document, "@"u8, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
