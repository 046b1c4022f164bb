using System.Buffers;
using System.Text;
using Scim.Resources;

namespace Scim.Tests.Resources;

public sealed class AddressMarkTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("{}", "{}")]
    [InlineData("{\"location\":\"\u0001/Users/1\"}", "{\"location\":\"https://a.example/scim/v2/Users/1\"}")]
    [InlineData("\u0001\u0001x", "https://a.example/scim/v2https://a.example/scim/v2x")]
    public void Fill_PutsTheAddressAtEachMark(string document, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        AddressMark.Fill(Encoding.UTF8.GetBytes(document), "https://a.example/scim/v2"u8, output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(expected);
    }
}
