using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Scim.Filters;
using Scim.Paths;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Tests.Filters;

/// <summary>A comparison of an attribute of each type, against the same comparison by .NET's own types.</summary>
public class TypedFilterPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(5_000);
    private static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(0, int.MaxValue));

    private static readonly string[] Numbers = ["1", "1.0", "-2", "0.5", "1e1", "10", "10.00", "0", "-0", "99999999999"];
    private static readonly string[] Whole = ["1", "-2", "10", "0", "99999999999"];
    private static readonly string[] Times = ["2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", "2019-12-31T23:59:59.5Z", "2020-02-29T12:00:00-14:00", "2020-03-01T02:00:00Z"];
    private static readonly string[] Keys = ["AAEC", "aaec", "AAECAw==", "AA==", "MIID"];
    private static readonly string[] Texts = ["a", "A", "ab", "B", "é", "É", "ba"];

    /// <summary>Path, values, and whether the attribute holds several.</summary>
    private static readonly (string Path, AttributeType Type, string[] Values)[] Attributes =
    [
        ("ratio", AttributeType.Decimal, Numbers), ("count", AttributeType.Integer, Whole), ("hired", AttributeType.DateTime, Times), ("key", AttributeType.Binary, Keys),
        ("flag", AttributeType.Boolean, ["true", "false"]), ("tags", AttributeType.String, Texts), ("badge", AttributeType.String, Texts), ("desk.floor", AttributeType.Integer, Whole),
        ("profileUrl", AttributeType.Reference, Texts), ("externalId", AttributeType.String, Texts), ("x509Certificates.value", AttributeType.Binary, Keys), ("emails.primary", AttributeType.Boolean, ["true", "false"]),
        ("userName", AttributeType.String, Texts), ("emails.value", AttributeType.String, Texts),
    ];

    [Fact]
    public void Matches_EveryType_AgreesWithDotNet() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var resource = Resource(random);
        var (path, type, values) = Attributes[random.Next(Attributes.Length)];
        var wanted = values[random.Next(values.Length)];
        var operators = Operators(type);
        var comparison = operators[random.Next(operators.Length)];
        var quoted = type is AttributeType.Decimal or AttributeType.Integer or AttributeType.Boolean ? wanted : $"\"{wanted}\"";
        var text = $"{path} {comparison} {quoted}";
        var expected = Values(resource, path).DefaultIfEmpty(null).Any(value => Holds(value, comparison, wanted, type, CaseExact(path)));

        var parsed = Filter.Parse(text).Value;
        parsed.Compile(TestSchemas.Extended.User).Value.Matches(resource).ShouldBe(expected, $"{text} of {resource.ToJsonString()}");
        Filter.Parse($"not ({text})").Value.Compile(TestSchemas.Extended.User).Value.Matches(resource).ShouldBe(!expected);
    }));

    [Fact]
    public void PatchPath_ParseAfterPrint_IsIdentity() => Check.One(Many, Prop.ForAll(FilterGenerator.Printable, Seeds, (filter, seed) =>
    {
        string[] paths = ["userName", "name.givenName", "emails", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "urn:example:scim:2.0:Custom"];
        var attribute = AttributePath.Parse(paths[seed % paths.Length]).Value;
        AttributePath.Parse(attribute.ToString()).Value.ShouldBe(attribute);

        // Brackets do not stand in brackets, nor after a URN alone.
        if (attribute.Attribute is not null && !HasBrackets(filter))
        {
            var path = new PatchPath(attribute, filter);
            PatchPath.Parse(path.ToString()).Value.ShouldBe(path);
        }
    }));

    private static bool HasBrackets(Filter filter) => filter switch
    {
        AndFilter and => HasBrackets(and.Left) || HasBrackets(and.Right),
        OrFilter or => HasBrackets(or.Left) || HasBrackets(or.Right),
        NotFilter not => HasBrackets(not.Operand),
        _ => filter is ValuePathFilter,
    };

    private static bool Holds(string? value, string comparison, string wanted, AttributeType type, bool caseExact)
    {
        if (value is null)
        {
            return comparison == "ne";
        }

        var order = type switch
        {
            AttributeType.Decimal or AttributeType.Integer => Number(value).CompareTo(Number(wanted)),
            AttributeType.DateTime => Time(value).CompareTo(Time(wanted)),
            AttributeType.Binary => string.CompareOrdinal(value, wanted),
            _ => string.Compare(value, wanted, caseExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase),
        };
        var rule = caseExact || type == AttributeType.Binary ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return comparison switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            "le" => order <= 0,
            "co" => value.Contains(wanted, rule),
            "sw" => value.StartsWith(wanted, rule),
            _ => value.EndsWith(wanted, rule),
        };
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Operators(AttributeType type) => type switch
    {
        AttributeType.Boolean => ["eq", "ne"],
        AttributeType.Binary => ["eq", "ne", "co", "sw", "ew"],
        AttributeType.Decimal or AttributeType.Integer or AttributeType.DateTime => ["eq", "ne", "gt", "ge", "lt", "le"],
        _ => ["eq", "ne", "gt", "ge", "lt", "le", "co", "sw", "ew"],
    };

    private static bool CaseExact(string path)
    {
        var resolved = AttributePath.Parse(path).Value.Resolve(TestSchemas.Extended.User).Value;
        return (resolved.SubAttribute ?? resolved.Attribute)!.CaseExact;
    }

    private static List<string?> Values(JsonObject resource, string path)
    {
        var names = path.Split('.');
        var owner = resource[names[0]] ?? resource[TestSchemas.Custom]?[names[0]];
        JsonNode?[] values = owner switch
        {
            null => [],
            JsonArray elements => [.. elements],
            _ => [owner],
        };
        return [.. values.Select(value => (names.Length == 1 ? value : value![names[1]])?.ToJsonString()).Select(text => text is null ? null : text[0] == '"' ? JsonNode.Parse(text)!.GetValue<string>() : text)];
    }

    /// <summary>Each attribute is there or not; what it holds is one of the few values that filters ask for.</summary>
    private static JsonObject Resource(Random random)
    {
        var custom = new List<string>();
        Maybe(custom, "ratio", () => Pick(Numbers));
        Maybe(custom, "count", () => Pick(Whole));
        Maybe(custom, "hired", () => Quoted(Times));
        Maybe(custom, "key", () => Quoted(Keys));
        Maybe(custom, "flag", () => Pick(["true", "false"]));
        Maybe(custom, "tags", () => $"[{Quoted(Texts)},{Quoted(Texts)}]");
        Maybe(custom, "badge", () => Quoted(Texts));
        Maybe(custom, "desk", () => $$"""{"floor":{{Pick(Whole)}}}""");
        var core = new List<string> { $"\"userName\":{Quoted(Texts)}" };
        Maybe(core, "profileUrl", () => Quoted(Texts));
        Maybe(core, "externalId", () => Quoted(Texts));
        Maybe(core, "x509Certificates", () => $$"""[{"value":{{Quoted(Keys)}}},{"display":"d"}]""");
        Maybe(core, "emails", () => $$"""[{"value":{{Quoted(Texts)}},"primary":{{Pick(["true", "false"])}}},{"value":{{Quoted(Texts)}}}]""");
        Maybe(core, TestSchemas.Custom, () => $"{{{string.Join(',', custom)}}}");
        return ResourceReader.Read(Encoding.UTF8.GetBytes($"{{{string.Join(',', core)}}}"), TestSchemas.Extended.User, Dialect.Entra).Value;

        void Maybe(List<string> members, string name, Func<string> value)
        {
            if (random.Next(3) > 0)
            {
                members.Add($"\"{name}\":{value()}");
            }
        }

        string Pick(string[] values) => values[random.Next(values.Length)];

        string Quoted(string[] values) => $"\"{Pick(values)}\"";
    }
}
