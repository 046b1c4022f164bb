using System.Buffers;
using System.Text;
using Scim.Paging;

namespace Scim.Tests.Paging;

public sealed class ListResponseWriterTests
{
    [Fact]
    public void List_OfResources_HasThemAsTheyAre()
    {
        var output = new ArrayBufferWriter<byte>();
        var list = new ListResponseWriter(output, totalResults: 12, startIndex: 11, itemsPerPage: 2);
        list.Add("""{"id":"a"}"""u8);
        list.Add("""{"id":"b"}"""u8);
        list.Complete();
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":12,"startIndex":11,"itemsPerPage":2,"Resources":[{"id":"a"},{"id":"b"}]}""");
    }

    [Fact]
    public void List_ByCursor_HasTheNextOneAndNoStartIndex()
    {
        var output = new ArrayBufferWriter<byte>();
        var list = new ListResponseWriter(output, totalResults: null, nextCursor: "abc", itemsPerPage: 1);
        list.Add("""{"id":"a"}"""u8);
        list.Complete();
        new ListResponseWriter(output, totalResults: 1, nextCursor: null, itemsPerPage: 0).Complete();
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"itemsPerPage":1,"nextCursor":"abc","Resources":[{"id":"a"}]}"""
            + """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"itemsPerPage":0,"Resources":[]}""");
    }

    [Fact]
    public void List_OfNothing_HasEmptyResources()
    {
        var output = new ArrayBufferWriter<byte>();
        new ListResponseWriter(output, totalResults: 0, startIndex: 1, itemsPerPage: 0).Complete();
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}""");
    }
}
