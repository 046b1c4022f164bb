using System.Buffers;
using System.Globalization;
using System.Text;

namespace Scim.Paging;

/// <summary>
/// Writes a list (RFC 7644 §3.4.2) around resources that are UTF-8 already, in bounded memory: the head, each resource by
/// <see cref="Add"/>, the end by <see cref="Complete"/>.
/// </summary>
public sealed class ListResponseWriter
{
    /// <summary>The URN of the list message.</summary>
    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private readonly IBufferWriter<byte> output;
    private bool any;

    /// <summary>Begins a page by cursor (RFC 9865 §2).</summary>
    /// <param name="output">Takes the list.</param>
    /// <param name="totalResults">How many resources there are, on this page or not; null where that is not known.</param>
    /// <param name="nextCursor">The cursor of the next page; null on the last.</param>
    /// <param name="itemsPerPage">How many resources this page has: as many as will be added.</param>
    public ListResponseWriter(IBufferWriter<byte> output, long? totalResults, string? nextCursor, int itemsPerPage)
    {
        this.output = output;
        var total = totalResults is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\"totalResults\":{totalResults},");
        var next = nextCursor is null ? "" : $"\"nextCursor\":\"{nextCursor}\",";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"schemas":["{{Schema}}"],{{total}}"itemsPerPage":{{itemsPerPage}},{{next}}"Resources":[""");
        Encoding.UTF8.GetBytes(head, output);
    }

    /// <summary>Begins a page by index.</summary>
    /// <param name="output">Takes the list.</param>
    /// <param name="totalResults">How many resources there are, on this page or not.</param>
    /// <param name="startIndex">The 1-based index of the first of this page.</param>
    /// <param name="itemsPerPage">How many resources this page has: as many as will be added.</param>
    public ListResponseWriter(IBufferWriter<byte> output, long totalResults, int startIndex, int itemsPerPage)
    {
        this.output = output;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"schemas":["{{Schema}}"],"totalResults":{{totalResults}},"startIndex":{{startIndex}},"itemsPerPage":{{itemsPerPage}},"Resources":[""");
        Encoding.UTF8.GetBytes(head, output);
    }

    /// <summary>Adds one resource, whose address is filled in or not as the caller wishes.</summary>
    public void Add(ReadOnlySpan<byte> resource)
    {
        if (any)
        {
            output.Write(","u8);
        }

        any = true;
        output.Write(resource);
    }

    /// <summary>Ends the list.</summary>
    public void Complete() => output.Write("]}"u8);
}
