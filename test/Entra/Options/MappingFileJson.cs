using System.Text.Json.Serialization;

namespace Entra.Options;

/// <summary>Reads mappings.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MappingFile))]
internal sealed partial class MappingFileJson : JsonSerializerContext;
