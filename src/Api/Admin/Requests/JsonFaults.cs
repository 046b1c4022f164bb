using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Api.Admin.Problems;

namespace Api.Admin.Requests;

/// <summary>Everything in which a JSON body is not of the type that it is to be of: members it does not have, values of other types.</summary>
internal sealed class JsonFaults
{
    private readonly JsonSerializerOptions options;
    private readonly List<Fault> faults = [];

    private JsonFaults(JsonSerializerOptions options) => this.options = options;

    /// <summary>Finds the faults of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="type">The type that it is to be of.</param>
    /// <param name="options">How bodies are read.</param>
    /// <param name="sound">The body without the members that have faults; null where it is not an object at all.</param>
    public static List<Fault> Find(ReadOnlyMemory<byte> body, Type type, JsonSerializerOptions options, out JsonObject? sound)
    {
        sound = null;
        if (body.IsEmpty)
        {
            return [new Fault("The request needs a JSON body.", "#")];
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            return [new Fault($"The body is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.", "#")];
        }

        using (document)
        {
            var found = new JsonFaults(options);
            found.Check(document.RootElement, options.GetTypeInfo(type), "#", isNullable: false);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                sound = found.Without(document.RootElement);
            }

            return found.faults;
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void Check(JsonElement value, JsonTypeInfo type, string pointer, bool isNullable)
    {
        if (value.ValueKind == JsonValueKind.Null && isNullable)
        {
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                CheckMembers(value, type, pointer);
                break;
            case JsonTypeInfoKind.Object:
                faults.Add(new Fault("must be an object.", pointer));
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                var at = 0;
                foreach (var element in value.EnumerateArray())
                {
                    Check(element, options.GetTypeInfo(type.ElementType!), $"{pointer}/{at++}", isNullable: IsNullable(type.ElementType!));
                }

                break;
            case JsonTypeInfoKind.Enumerable:
                faults.Add(new Fault("must be a list.", pointer));
                break;
            default:
                CheckValue(value, type.Type, pointer);
                break;
        }
    }

    private void CheckMembers(JsonElement value, JsonTypeInfo type, string pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in NamesOf(value))
        {
            if (name is null)
            {
                faults.Add(new Fault("The name of a member is not text: it has half a character.", pointer));
                continue;
            }

            var at = $"{pointer}/{Escape(name)}";
            if (type.Properties.FirstOrDefault(p => p.Name == name) is not { } member)
            {
                faults.Add(new Fault($"is not known here; known are {string.Join(", ", type.Properties.Select(p => p.Name))}.", at));
            }
            else if (!seen.Add(name))
            {
                faults.Add(new Fault("is given twice.", at));
            }
            else
            {
                Check(value.GetProperty(name), options.GetTypeInfo(member.PropertyType), at, IsNullable(member.PropertyType));
            }
        }
    }

    /// <summary>The names of the members; null for one that is not text, as it has half a character.</summary>
    private static IEnumerable<string?> NamesOf(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            string? name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                name = null;
            }

            yield return name;
        }
    }

    private void CheckValue(JsonElement value, Type type, string pointer)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var isNumber = plain == typeof(int) || plain == typeof(long);
        try
        {
            if (!isNumber || value.ValueKind == JsonValueKind.Number)
            {
                _ = value.Deserialize(type, options);
                return;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Told below.
        }

        faults.Add(new Fault(
            isNumber ? "must be a whole number."
            : plain == typeof(bool) ? "must be true or false."
            : plain == typeof(DateTimeOffset) ? "must be a time such as 2030-01-31T12:00:00Z."
            : "must be text.",
            pointer));
    }

    private static bool IsNullable(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private JsonObject Without(JsonElement body)
    {
        var rest = new JsonObject();
        foreach (var name in NamesOf(body).OfType<string>())
        {
            var at = "#/" + Escape(name);
            if (!rest.ContainsKey(name) && !faults.Exists(f => f.Pointer == at || f.Pointer!.StartsWith(at + "/", StringComparison.Ordinal)))
            {
                rest.Add(name, JsonNode.Parse(body.GetProperty(name).GetRawText()));
            }
        }

        return rest;
    }
}
