using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Scim;
using Scim.Filters;
using Scim.Schemas;

namespace Bench.Library;

/// <summary>Filters: parsed, compiled for a resource type, and asked of a user.</summary>
public class FilterBenchmarks
{
    private const string Simple = "userName eq \"user-0000000001@contoso.example\"";
    private const string Element = "emails[type eq \"work\"].value eq \"user-0000000001@contoso.example\"";

    private const string Long =
        "(active eq true and not (title co \"Intern\")) and (name.familyName sw \"Va\" or emails[type eq \"work\" and value ew \"@contoso.example\"])";

    private JsonObject user = [];
    private CompiledFilter compiled = null!;

    /// <summary>The filter.</summary>
    [Params(Simple, Element, Long)]
    public string Text { get; set; } = Simple;

    /// <summary>Makes ready what is not measured.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        user = SampleUser.Attributes;
        compiled = ParseAndCompile();
    }

    /// <summary>From text to syntax tree.</summary>
    [Benchmark]
    public Filter Parse() => Filter.Parse(Text).Value;

    /// <summary>From text to what can be asked of resources, as each request does it.</summary>
    [Benchmark]
    public CompiledFilter ParseAndCompile() => Filter.Parse(Text).Value.Compile(SchemaSet.Standard.User, Dialect.Entra).Value;

    /// <summary>Asked of one user.</summary>
    [Benchmark]
    public bool Evaluate() => compiled.Matches(user);
}
