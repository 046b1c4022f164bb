using System.Text;
using System.Text.Json.Nodes;
using Bench.Requests;
using BenchmarkDotNet.Attributes;
using Scim;
using Scim.Patching;
using Scim.Resources;
using Scim.Schemas;

namespace Bench.Library;

/// <summary>PATCH: read, and applied to a user.</summary>
public class PatchBenchmarks
{
    private readonly byte[] change = SampleUser.Fill(UserBodies.Change);
    private readonly byte[] same = SampleUser.Fill(UserBodies.Same);
    private readonly byte[] element = Encoding.UTF8.GetBytes(
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"emails[type eq \"work\"].value","value":"a@b.example"}]}""");

    private JsonObject user = [];
    private PatchRequest changing = null!;
    private PatchRequest changingNothing = null!;
    private PatchRequest changingAnElement = null!;

    /// <summary>Makes ready what is not measured.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        user = SampleUser.Attributes;
        changing = Parse();
        changingNothing = PatchRequest.Parse(same, SchemaSet.Standard.User, Dialect.Entra).Value;
        changingAnElement = PatchRequest.Parse(element, SchemaSet.Standard.User, Dialect.Entra).Value;
    }

    /// <summary>The body of a request with two operations, read and checked.</summary>
    [Benchmark]
    public PatchRequest Parse() => PatchRequest.Parse(change, SchemaSet.Standard.User, Dialect.Entra).Value;

    /// <summary>Two attributes replaced.</summary>
    [Benchmark]
    public Replaced Apply() => changing.Apply(user).Value;

    /// <summary>A value replaced by itself.</summary>
    [Benchmark]
    public Replaced ApplyNoChange() => changingNothing.Apply(user).Value;

    /// <summary>One element of a multi-valued attribute, found by a filter, replaced.</summary>
    [Benchmark]
    public Replaced ApplyToElement() => changingAnElement.Apply(user).Value;
}
