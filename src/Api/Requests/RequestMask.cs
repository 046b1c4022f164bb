using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Grains.Abstractions.Directories;
using Scim.Schemas;

namespace Api.Requests;

/// <summary>
/// Masks what a directory's log must not keep: attributes that are never returned or whose name says that they are secret, those that the
/// directory's settings name, and whatever looks like a credential. An attribute is masked wherever it stands: at the top of a resource,
/// in an extension, as the path of a PATCH operation, as a key with dots or a URN before it, in a filter.
/// </summary>
internal sealed class RequestMask
{
    /// <summary>Values of masked attributes are masked elsewhere in the entry too, so many of them, if they are no shorter than this.</summary>
    private const int MostValues = 64;
    private const int LeastValueLength = 3;

    /// <summary>What is decided of names is remembered, of clients' few. Of so many, and so long, since anybody may write any.</summary>
    private const int MostNames = 500;
    private const int LongestName = 128;

    private static readonly FrozenSet<string> SecretNames = FrozenSet.Create(
        StringComparer.Ordinal,
        "password", "passwd", "pwd", "secret", "secrettoken", "token", "accesstoken", "access_token", "refresh_token", "clientsecret", "client_secret",
        "client_assertion", "authorization", "apikey", "api_key", "credential", "credentials", "privatekey", "private_key");

    private static readonly SearchValues<string> SecretNamesWithin = SearchValues.Create([.. SecretNames], StringComparison.Ordinal);

    /// <summary>Query parameters whose values are shown. Any other may hold anything.</summary>
    private static readonly FrozenSet<string> ShownParameters = FrozenSet.Create(
        StringComparer.Ordinal,
        "filter", "attributes", "excludedattributes", "startindex", "count", "cursor", "sortby", "sortorder", "aadoptscim062020");

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ConditionalWeakTable<DirectoryContext, RequestMask> Known = [];

    private readonly ConcurrentDictionary<(string? Path, string Name), Place> places = new();
    private readonly FrozenSet<string> masked;
    private readonly string[] paths;
    private int knownPlaces;

    /// <param name="paths">Attributes, as paths; a URN before one is disregarded: it is masked in every schema.</param>
    public RequestMask(IEnumerable<string> paths)
    {
        this.paths = [.. paths.Select(p => Canonical(p.Trim())).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)];
        masked = this.paths.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The mask of a directory.</summary>
    public static RequestMask Of(DirectoryContext directory) =>
        Known.GetValue(directory, d => new RequestMask([.. d.RequestLog?.Masked ?? [], .. DirectorySchemas.Of(d).Schemas.SelectMany(NeverReturned)]));

    /// <summary>A JSON body, masked.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="values">Gets the values that were masked.</param>
    /// <param name="echoes">Whether its texts may repeat values that were masked before: those of refusals do.</param>
    /// <returns>Null where it is not JSON: then nobody can tell what is in it.</returns>
    public byte[]? Body(ReadOnlyMemory<byte> json, ISet<string> values, bool echoes = false)
    {
        const int Longer = 64;
        var output = new ArrayBufferWriter<byte>(json.Length + Longer);
        try
        {
            using var document = JsonDocument.Parse(json);
            using var writer = new Utf8JsonWriter(output, Relaxed);
            Write(writer, document.RootElement, "", values, echoes);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // ArgumentException: texts with half a surrogate pair, which JSON can hold and UTF-8 cannot.
            return null;
        }

        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        var shown = SecretText.Mask(text);
        return ReferenceEquals(shown, text) ? output.WrittenSpan.ToArray() : Encoding.UTF8.GetBytes(shown);
    }

    /// <summary>A query, masked: with its question mark, decoded, for people.</summary>
    public string? Query(string query, ISet<string> values)
    {
        if (query.Length <= 1)
        {
            return null;
        }

        var shown = query[1..].Split('&').Select(parameter =>
        {
            var end = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = Decoded(end < 0 ? parameter : parameter[..end]);
            if (end < 0)
            {
                return ShownParameters.Contains(name.ToLowerInvariant()) ? name : SecretText.Masked;
            }

            var value = Decoded(parameter[(end + 1)..]);
            return !ShownParameters.Contains(name.ToLowerInvariant()) ? $"{SecretText.Mask(name)}={SecretText.Masked}"
                : $"{name}={(Names(value) ? WithoutLiterals(value, values) : value)}";
        });
        return SecretText.Mask("?" + string.Join('&', shown));
    }

    /// <summary>A text for people, without the values that were masked elsewhere in the entry.</summary>
    public static string? Text(string? text, IEnumerable<string> values)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var value in values)
        {
            text = text.Replace(value, SecretText.Masked, StringComparison.OrdinalIgnoreCase);
        }

        return SecretText.Mask(text);
    }

    private static IEnumerable<string> NeverReturned(Schema schema)
    {
        foreach (var attribute in schema.Attributes)
        {
            if (attribute.Returned == Returned.Never)
            {
                yield return attribute.Name;
            }

            foreach (var sub in attribute.SubAttributes.Where(s => s.Returned == Returned.Never))
            {
                yield return $"{attribute.Name}.{sub.Name}";
            }
        }
    }

    /// <summary>A path without URN and filters, in lower case: <c>phoneNumbers[type eq "work"].value</c> is <c>phonenumbers.value</c>.</summary>
    private static string Canonical(string path)
    {
        var text = new StringBuilder(path.Length);
        var depth = 0;
        var quoted = false;
        foreach (var c in path)
        {
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth == 0 && !quoted && c is not (']' or '"'))
            {
                text.Append(char.ToLowerInvariant(c));
            }
        }

        // Of a URN, the last part is what it names; a version's dot is none of a path: urn:…:core:2.0:User:name.familyName.
        var canonical = text.ToString();
        return canonical.StartsWith("urn:", StringComparison.Ordinal) ? canonical[(canonical.LastIndexOf(':') + 1)..] : canonical;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static bool Is(JsonProperty property, string name) => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private bool IsMasked(string path)
    {
        if (path.Length == 0)
        {
            return false;
        }

        if (masked.Contains(path))
        {
            return true;
        }

        foreach (var part in path.Split('.'))
        {
            if (SecretNames.Contains(part))
            {
                return true;
            }
        }

        return Array.Exists(paths, p => path.Length > p.Length && path[p.Length] == '.' && path.StartsWith(p, StringComparison.Ordinal));
    }

    /// <summary>What stands under a name.</summary>
    /// <param name="path">Below what; null where the name is the path that a PATCH operation gives its value's attribute by.</param>
    /// <param name="name">The name as it is written.</param>
    private Place PlaceOf(string? path, string name)
    {
        if (places.TryGetValue((path, name), out var known))
        {
            return known;
        }

        var canonical = Canonical(name);
        var below = path is null ? canonical
            : path.Length > 0 ? $"{path}.{canonical}"
            : canonical is "operations" or "resources" or "data" or "response" ? ""
            : canonical;
        var place = new Place(below, IsMasked(below));
        if (below.Length <= LongestName && name.Length <= LongestName && Volatile.Read(ref knownPlaces) < MostNames && places.TryAdd((path, name), place))
        {
            Interlocked.Increment(ref knownPlaces);
        }

        return place;
    }

    /// <summary>Whether a filter or path names a masked attribute. What it names as part of another name is masked too much, not too little.</summary>
    private bool Names(string filter)
    {
        var lower = filter.ToLowerInvariant();
        return lower.AsSpan().ContainsAny(SecretNamesWithin)
            || Array.Exists(paths, p => lower.AsSpan().Contains(p.AsSpan(p.LastIndexOf('.') + 1), StringComparison.Ordinal));
    }

    /// <summary>A filter without the texts that it compares with, in quotes or not.</summary>
    private static string WithoutLiterals(string filter, ISet<string> values)
    {
        var text = new StringBuilder(filter.Length);
        for (var i = 0; i < filter.Length; i++)
        {
            if (filter[i] != '"')
            {
                text.Append(filter[i]);
                continue;
            }

            var start = i + 1;
            for (i++; i < filter.Length && filter[i] != '"'; i++)
            {
                i += filter[i] == '\\' ? 1 : 0;
            }

            Add(values, filter[start..Math.Min(i, filter.Length)]);
            text.Append('"').Append(SecretText.Masked).Append('"');
        }

        return text.ToString();
    }

    private static void Add(ISet<string> values, string value)
    {
        if (value.Length >= LeastValueLength && values.Count < MostValues && value != SecretText.Masked)
        {
            values.Add(value);
        }
    }

    private static void AddAll(JsonElement element, ISet<string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Add(values, element.GetString()!);
                break;
            case JsonValueKind.Number:
                Add(values, element.GetRawText());
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    AddAll(item, values);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    AddAll(property.Value, values);
                }

                break;
        }
    }

    private void Write(Utf8JsonWriter writer, JsonElement element, string path, ISet<string> values, bool echoes)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, path, values, echoes);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                WriteObject(writer, element, path, values, echoes);
                break;
            case JsonValueKind.String:
                WriteText(writer, element, values, echoes);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement element, ISet<string> values, bool echoes)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (echoes)
        {
            writer.WriteStringValue(Text(element.GetString(), values) ?? "");
        }
        else if (raw.Contains((byte)'\\') || !Utf8.IsValid(raw))
        {
            // What is no text is said here.
            writer.WriteStringValue(element.GetString());
        }
        else
        {
            writer.WriteStringValue(raw);
        }
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement element, string path, ISet<string> values, bool echoes)
    {
        // A PATCH operation says in another place which attribute its value is of; an operation of a bulk request has a path, too, but no op.
        var target = "";
        var isOperation = false;
        if (path.Length == 0)
        {
            foreach (var property in element.EnumerateObject())
            {
                isOperation |= Is(property, "op");
                target = Is(property, "path") && property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : target;
            }
        }

        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            writer.WritePropertyName(property.Name.Contains('"', StringComparison.Ordinal) && Names(property.Name) ? WithoutLiterals(property.Name, values) : property.Name);
            if (path.Length == 0 && property.Value.ValueKind == JsonValueKind.String && (Is(property, "path") || Is(property, "filter")))
            {
                var text = property.Value.GetString()!;
                writer.WriteStringValue(Names(text) ? WithoutLiterals(text, values) : text);
                continue;
            }

            var place = isOperation && Is(property, "value") ? PlaceOf(path: null, target) : PlaceOf(path, property.Name);
            if (place.IsMasked)
            {
                AddAll(property.Value, values);
                writer.WriteStringValue(SecretText.Masked);
                continue;
            }

            // The attributes of an extension stand below its URN, and are named without it.
            var isExtension = path.Length == 0 && property.Value.ValueKind == JsonValueKind.Object && property.Name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);
            Write(writer, property.Value, isExtension ? "" : place.Path, values, echoes);
        }

        writer.WriteEndObject();
    }

    /// <param name="Path">The path of what stands there.</param>
    /// <param name="IsMasked">Whether it is masked.</param>
    private readonly record struct Place(string Path, bool IsMasked);
}
