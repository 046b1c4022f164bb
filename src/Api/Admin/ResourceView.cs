using System.Buffers;
using System.Text.Json;
using Api.Scim;
using Scim.Resources;

namespace Api.Admin;

/// <summary>Resources as they are shown inside answers of the admin API: with the addresses of their directory.</summary>
internal sealed class ResourceView(BaseUrls addresses)
{
    /// <summary>A document that its grain has handed out, with its addresses filled in.</summary>
    public JsonElement Of(byte[] document, HttpContext http)
    {
        var output = new ArrayBufferWriter<byte>(document.Length + 256);
        AddressMark.Fill(document, addresses.Of(http), output);
        using var parsed = JsonDocument.Parse(output.WrittenMemory);
        return parsed.RootElement.Clone();
    }
}
