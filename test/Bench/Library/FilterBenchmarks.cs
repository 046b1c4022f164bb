using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Scim;
using Scim.Filters;
using Scim.Schemas;

namespace Bench.Library;

/// <summary>Filters: parsed, compiled for a resource type, and asked of a user.</summary>
public class FilterBenchmarks
{
    private static readonly Dictionary<string, string> Filters = new(StringComparer.Ordinal)
    {
        ["look-up"] = "userName eq \"user-0000000001@contoso.example\"",
        ["element"] = "emails[type eq \"work\"].value eq \"user-0000000001@contoso.example\"",
        ["five terms"] = "(active eq true and not (title co \"Intern\")) and (name.familyName sw \"Va\""
            + " or emails[type eq \"work\" and value ew \"@contoso.example\"])",
    };

    private JsonObject user = [];
    private CompiledFilter compiled = null!;

    /// <summary>The names of the filters.</summary>
    public static IEnumerable<string> Names => Filters.Keys;

    /// <summary>The name of the filter.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = Filters.Keys.First();

    /// <summary>Makes ready what is not measured.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        user = SampleUser.Attributes;
        compiled = ParseAndCompile();
    }

    /// <summary>From text to syntax tree.</summary>
    [Benchmark]
    public Filter Parse() => Filter.Parse(Filters[Name]).Value;

    /// <summary>From text to what can be asked of resources, as each request does it.</summary>
    [Benchmark]
    public CompiledFilter ParseAndCompile() => Filter.Parse(Filters[Name]).Value.Compile(SchemaSet.Standard.User, Dialect.Entra).Value;

    /// <summary>Asked of one user.</summary>
    [Benchmark]
    public bool Evaluate() => compiled.Matches(user);
}
