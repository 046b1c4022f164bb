using System.Text.Json.Serialization;

namespace Entra.State;

/// <summary>How a <see cref="SavedRun"/> is written: compact, since a run of 80,000 users is kept whole.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SavedRun))]
internal sealed partial class SavedRunJson : JsonSerializerContext;
