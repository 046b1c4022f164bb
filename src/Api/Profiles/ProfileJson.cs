using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Api.Profiles;

/// <summary>How a profile stands in a file and in a row. A member that is not known is a fault: a misspelt rule must not be one that is not kept.</summary>
internal static class ProfileJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <exception cref="JsonException">It is no profile: the message says where.</exception>
    public static Profile Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<Profile>(utf8, Options) ?? throw new JsonException("A profile is an object.");
}
