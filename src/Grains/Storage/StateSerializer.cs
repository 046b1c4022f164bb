using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Grains.Storage;

/// <summary>
/// The one form of stored state, under both engines, so that a directory can move from one engine's storage to the other's: JSON by
/// source-generated metadata, with a schema version in each record; buckets and logs in a compact form (<see cref="ICompactState{TState}"/>).
/// </summary>
public sealed class StateSerializer : IGrainStorageSerializer
{
    /// <inheritdoc />
    public BinaryData Serialize<T>(T? input) => new(CompactForm.Write(input) ?? JsonSerializer.SerializeToUtf8Bytes(input!, TypeInfo<T>()));

    /// <inheritdoc />
    /// <exception cref="JsonException">The record is damaged.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public T Deserialize<T>(BinaryData input) =>
        CompactForm.Read(typeof(T), input.ToMemory().Span) is T compact
            ? compact
            : JsonSerializer.Deserialize(input.ToMemory().Span, TypeInfo<T>()) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    private static JsonTypeInfo<T> TypeInfo<T>() =>
        StateJsonContext.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new NotSupportedException($"{typeof(T)} is not listed in {nameof(StateJsonContext)}.");
}
