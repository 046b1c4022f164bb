using System.Text.Json;
using Entra.Options;

namespace Entra.Requests;

/// <summary>The frame of every PATCH.</summary>
internal static class PatchOperations
{
    public static void Begin(Utf8JsonWriter writer)
    {
        RequestBody.WriteSchemas(writer, SchemaUrns.PatchOp);
        writer.WriteStartArray("Operations"u8);
    }

    public static void End(Utf8JsonWriter writer) => writer.WriteEndArray();

    /// <summary>The op as the dialect spells it.</summary>
    /// <remarks><paramref name="verb"/>: <c>Add</c>, <c>Replace</c> or <c>Remove</c>.</remarks>
    public static string Verb(PatchDialect dialect, string verb) => (dialect, verb) switch
    {
        (PatchDialect.Default, _) => verb,
        (_, "Add") => "add",
        (_, "Replace") => "replace",
        _ => "remove",
    };
}
