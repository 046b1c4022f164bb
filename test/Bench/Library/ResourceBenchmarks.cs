using System.Buffers;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Scim;
using Scim.Projection;
using Scim.Resources;
using Scim.Schemas;

namespace Bench.Library;

/// <summary>A user: read from a request, rendered for an answer, projected.</summary>
public class ResourceBenchmarks
{
    private readonly byte[] body = SampleUser.Body;
    private readonly byte[] stored = JsonBody.ToUtf8(SampleUser.Attributes);
    private readonly ArrayBufferWriter<byte> output = new(8192);
    private readonly AttributeSelection selection = AttributeSelection.Parse("userName,emails.value", excludedAttributes: null, SchemaSet.Standard.User).Value;
    private byte[] rendered = [];
    private byte[] answer = [];

    /// <summary>Makes ready what is not measured.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        rendered = Render();
        FillAddress();
        answer = output.WrittenSpan.ToArray();
    }

    /// <summary>The JSON alone.</summary>
    [Benchmark]
    public JsonObject ParseJson() => JsonBody.Parse(body).Value;

    /// <summary>The JSON, checked and normalised by the schemas.</summary>
    [Benchmark]
    public JsonObject Read() => ResourceReader.Read(body, SchemaSet.Standard.User, Dialect.Entra).Value;

    /// <summary>The bytes that are kept ready to send.</summary>
    [Benchmark]
    public byte[] Render() => ResourceRenderer.Render(SchemaSet.Standard.User, stored, SampleUser.Meta);

    /// <summary>The address filled in: what a GET costs beyond sending.</summary>
    [Benchmark]
    public int FillAddress()
    {
        output.ResetWrittenCount();
        AddressMark.Fill(rendered, "https://scim.example.com/scim/v2"u8, output);
        return output.WrittenCount;
    }

    /// <summary>Two attributes of it.</summary>
    [Benchmark]
    public int Project()
    {
        output.ResetWrittenCount();
        selection.Project(answer, output);
        return output.WrittenCount;
    }
}
