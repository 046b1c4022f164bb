using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scim.Errors;
using Scim.Patching;
using Scim.Resources;
using Scim.Tests.Paths;

namespace Scim.Tests.Patching;

public class PatchPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static readonly string[] Users =
    [
        "",
        """ "title":"a","active":true """,
        """ "emails":[{"type":"work","value":"a","primary":true},{"type":"home","value":"b"}] """,
        """ "emails":[{"value":"a"},{"value":"b","display":"x"}],"name":{"givenName":"a"} """,
        $$$""" "title":"b","{{{Patched.Enterprise}}}":{"department":"a","manager":{"value":"m"}} """,
        $$$""" "{{{CustomUser.Urn}}}":{"tags":["a","b"],"serial":"1"},"emails":[{"type":"work","value":"a"}] """,
    ];

    // Each path with a value of its kind.
    private static readonly (string Path, string[] Values)[] Targets =
    [
        ("title", ["\"a\"", "\"b\"", "\"\"", "null"]),
        ("active", ["true", "false", "\"True\""]),
        ("name", ["""{"givenName":"a"}""", """{"givenName":"","familyName":"b"}""", "{}", "null"]),
        ("name.givenName", ["\"a\"", "\"b\"", "null"]),
        ("emails", ["""[{"type":"work","value":"a"}]""", """[{"value":"c","primary":true},{"value":"d"}]""", "[]", "null", """{"value":"a"}"""]),
        ("emails[type eq \\\"work\\\"]", ["""{"value":"c"}""", """{"value":"b","primary":true}""", """{"type":"home"}"""]),
        ("emails[type eq \\\"work\\\"].value", ["\"a\"", "\"c\"", "\"\""]),
        ("emails[value eq \\\"b\\\"].primary", ["true", "\"False\""]),
        ("emails[value sw \\\"a\\\"].display", ["\"x\""]),
        ("emails.display", ["\"x\"", "null"]),
        (Patched.Enterprise, ["""{"department":"b"}""", """{"department":"","manager":""}""", "null"]),
        (Patched.Enterprise + ":department", ["\"a\"", "\"b\"", "null"]),
        ("manager", ["\"m\"", """[{"value":"n"}]""", "\"\""]),
        (CustomUser.Urn + ":tags", ["""["b","c"]""", "[]", "\"a\""]),
        (CustomUser.Urn + ":serial", ["\"1\"", "\"2\""]),
        ("userName", ["\"babs\"", "\"other\"", "\"\""]),
        ("id", ["\"x\""]),
    ];

    private static Arbitrary<string> User { get; } = Arb.From(Gen.Elements(Users));

    private static Arbitrary<(string Op, string Path, string Value)> Operation { get; } = Arb.From(
        Gen.Elements("add", "replace", "remove").SelectMany(op => Gen.Elements(Targets)
            .SelectMany(target => Gen.Elements(target.Values).Select(value => (op, target.Path, value)))));

    [Fact]
    public void ReplaceAndRemove_AreIdempotent_AddTwiceIsAddOnce() => Check.One(Many, Prop.ForAll(User, Operation, (attributes, operation) =>
    {
        var once = Patched.Apply(Patched.User(attributes), Json(operation));
        return once.Error is not null || !Patched.Apply(once.Value.Resource, Json(operation)).Value.Changed;
    }));

    [Fact]
    public void ManyOperations_AreTheirSequence() => Check.One(Many, Prop.ForAll(User, Operation.Generator.ListOf(4).ToArbitrary(), (attributes, operations) =>
    {
        var together = Patched.Apply(Patched.User(attributes), string.Join(',', operations.Select(Json)));
        Result<Replaced> step = new Replaced(Patched.User(attributes), Changed: false);
        foreach (var operation in operations)
        {
            step = step.Error is null ? Patched.Apply(step.Value.Resource, Json(operation)) : step;
        }

        return together.Error is not null ? step.Error is not null : JsonEquality.DeepEquals(together.Value.Resource, step.Value.Resource);
    }));

    [Fact]
    public void Result_IsNormalised() => Check.One(Many, Prop.ForAll(User, Operation.Generator.ListOf(4).ToArbitrary(), (attributes, operations) =>
    {
        var result = Patched.Apply(Patched.User(attributes), string.Join(',', operations.Select(Json)));
        if (result.Error is not null)
        {
            return true;
        }

        var resource = result.Value.Resource;
        var read = ResourceReader.Read(Encoding.UTF8.GetBytes(resource.ToJsonString()), CustomUser.Type, Dialect.Strict);
        return JsonEquality.DeepEquals(read.Value, resource);
    }));

    [Fact]
    public void OtherAttributes_StayAsTheyAre() => Check.One(Many, Prop.ForAll(User, Operation, (attributes, operation) =>
    {
        var before = Patched.User(attributes);
        var result = Patched.Apply(before, Json(operation));
        if (result.Error is not null)
        {
            return true;
        }

        var touched = operation.Path.Split('.', '[')[0];
        return before.All(member => touched.StartsWith("urn", StringComparison.Ordinal) || touched == "manager" || member.Key == touched
            || member.Value!.ToJsonString() == result.Value.Resource[member.Key]!.ToJsonString());
    }));

    [Theory]
    [InlineData(Dialect.Entra)]
    [InlineData(Dialect.Strict)]
    public void MutatedBodies_NeverThrow(Dialect dialect)
    {
        var random = new Random(20260131);
        var seeds = Targets.SelectMany(target => target.Values.Select(value => Encoding.UTF8.GetBytes(
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{Json(("add", target.Path, value))}},{{Json(("remove", target.Path, value))}}]}"""))).ToArray();
        var users = Users.Select(Patched.User).ToArray();
        var spice = "\"\\{}[]:,0e-.utrnlp \u00ff"u8;
        for (var i = 0; i < 20_000; i++)
        {
            var body = seeds[random.Next(seeds.Length)].ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(body.Count);
                switch (random.Next(3))
                {
                    case 0:
                        body[at] = spice[random.Next(spice.Length)];
                        break;
                    case 1:
                        body.InsertRange(at, body.GetRange(random.Next(at + 1), random.Next(Math.Min(8, body.Count - at))));
                        break;
                    default:
                        body.RemoveRange(at, Math.Min(random.Next(1, 6), body.Count - at));
                        break;
                }
            }

            if (PatchRequest.Parse(body.ToArray(), CustomUser.Type, dialect).TryGet(out var request, out var error))
            {
                error = request.Apply(users[random.Next(users.Length)]).Error;
                request.SplitMembers().Error.ShouldBeNull();
            }

            (error?.Status ?? 400).ShouldBe(400);
        }
    }

    private static string Json((string Op, string Path, string Value) operation) =>
        $$"""{"op":"{{operation.Op}}","path":"{{operation.Path}}","value":{{operation.Value}}}""";
}
