using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Grains.Abstractions.Directories;
using Scim.Filters;
using Scim.Paths;
using Scim.Schemas;

namespace Api.Requests;

/// <summary>
/// Masks what a directory's log must not keep: attributes that are never returned or whose name says that they are secret, those that the
/// directory's settings name, and whatever looks like a credential. An attribute is masked wherever it stands: at the top of a resource,
/// in an extension, as the path of a PATCH operation, as a key with dots or a URN before it, in a filter.
/// </summary>
internal sealed partial class RequestMask
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

    /// <summary>What ends a word of a filter.</summary>
    private static readonly char[] Separators = [' ', '\t', '"', '\'', '(', ')', '[', ']', '='];

    private static readonly SearchValues<string> SecretNamesWithin = SearchValues.Create([.. SecretNames], StringComparison.Ordinal);

    /// <summary>Query parameters whose values are shown. Any other may hold anything.</summary>
    private static readonly FrozenSet<string> ShownParameters = FrozenSet.Create(
        StringComparer.Ordinal,
        "filter", "attributes", "excludedattributes", "startindex", "count", "cursor", "sortby", "sortorder", "aadoptscim062020");

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ConditionalWeakTable<DirectoryContext, RequestMask> Known = [];

    /// <summary>Where masked bodies are put together, one at a time on a thread.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? outputOfThread;
    [ThreadStatic]
    private static Utf8JsonWriter? writerOfThread;

    private readonly FrozenSet<string> masked;
    private readonly string[] paths;
    private readonly Place top = new("", isMasked: false, isSuspect: false);

    /// <summary>Below it stands what the paths of PATCH operations name.</summary>
    private readonly Place targets = new("", isMasked: false, isSuspect: false);
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
        var output = outputOfThread ??= new ArrayBufferWriter<byte>();
        output.ResetWrittenCount();
        var writer = writerOfThread ??= new Utf8JsonWriter(output, Relaxed);
        writer.Reset();
        try
        {
            using var document = JsonDocument.Parse(json);
            Write(writer, document.RootElement, top, values, echoes);
            writer.Flush();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // ArgumentException: texts with half a surrogate pair, which JSON can hold and UTF-8 cannot.
            return null;
        }

        return SecretText.MayStandIn(output.WrittenSpan)
            ? Encoding.UTF8.GetBytes(SecretText.Mask(Encoding.UTF8.GetString(output.WrittenSpan)))
            : output.WrittenSpan.ToArray();
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

    private static bool Is(JsonProperty property, ReadOnlySpan<byte> name) =>
        JsonMarshal.GetRawUtf8PropertyName(property) is var raw && raw.Contains((byte)'\\') ? Ascii.EqualsIgnoreCase(name, property.Name) : Ascii.EqualsIgnoreCase(name, raw);

    private static bool IsUrn(JsonProperty property) =>
        JsonMarshal.GetRawUtf8PropertyName(property) is var raw && raw.Contains((byte)'\\')
            ? property.Name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
            : raw.Length > 4 && Ascii.EqualsIgnoreCase(raw[..4], "urn:"u8);

    private static ReadOnlySpan<byte> Raw(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

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

    /// <summary>What stands under a name that is known already.</summary>
    /// <param name="place">Below what.</param>
    /// <param name="name">The name as it stands in the body. One with escapes is not remembered: whatever it names, each client would write another.</param>
    private static Place? Remembered(Place place, ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[LongestName];
        return name.Length <= LongestName && !name.Contains((byte)'\\') && Utf8.ToUtf16(name, text, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            ? place.Find(text[..length])
            : null;
    }

    /// <summary>What stands under a name.</summary>
    private Place Below(Place place, JsonProperty property) =>
        Remembered(place, JsonMarshal.GetRawUtf8PropertyName(property)) ?? Below(place, property.Name);

    /// <summary>What the path of a PATCH operation names.</summary>
    private Place Target(JsonElement? path) => path is not { } text ? top : Remembered(targets, Raw(text)) ?? Below(targets, text.GetString()!);

    private Place Below(Place place, string name)
    {
        var canonical = Canonical(name);
        var path = place == targets ? canonical
            : place.Path.Length > 0 ? $"{place.Path}.{canonical}"
            : canonical is "operations" or "resources" or "data" or "response" ? ""
            : canonical;
        var below = path.Length == 0 && place != targets ? top : new Place(path, IsMasked(path), Names(name));
        if (path.Length <= LongestName && name.Length <= LongestName && !name.AsSpan().ContainsAny('"', '\\') && Volatile.Read(ref knownPlaces) < MostNames && place.TryAdd(name, below))
        {
            Interlocked.Increment(ref knownPlaces);
        }

        return below;
    }

    /// <summary>Whether a filter or path names a masked attribute. What it names as part of another name is masked too much, not too little.</summary>
    private bool Names(string filter)
    {
        var lower = filter.ToLowerInvariant();
        return lower.AsSpan().ContainsAny(SecretNamesWithin)
            || Array.Exists(paths, p => lower.AsSpan().Contains(p.AsSpan(p.LastIndexOf('.') + 1), StringComparison.Ordinal));
    }

    /// <summary>
    /// A filter or path without the texts that it compares with, in quotes or not. Where it is none even then, nobody can tell what stands in
    /// it, and nothing of it is shown.
    /// </summary>
    private string WithoutLiterals(string filter, ISet<string> values)
    {
        var shown = Literals().Replace(filter, match =>
        {
            var unquoted = match.Groups["literal"];
            Add(values, unquoted.Success ? unquoted.Value : match.Groups["quoted"].Value);
            return unquoted.Success ? $"{match.Groups["operator"].Value} {SecretText.Masked}" : $"\"{SecretText.Masked}\"";
        });
        var form = Literals().Replace(filter, match => match.Groups["literal"].Success ? $"{match.Groups["operator"].Value} \"\"" : "\"\"");
        if (Filter.Parse(form).TryGet(out _, out _) || PatchPath.Parse(form).TryGet(out _, out _))
        {
            return shown;
        }

        foreach (var word in filter.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsMasked(Canonical(word)) && !string.Equals(word, "and", StringComparison.OrdinalIgnoreCase) && !string.Equals(word, "not", StringComparison.OrdinalIgnoreCase))
            {
                Add(values, word);
            }
        }

        return SecretText.Masked;
    }

    /// <summary>What a filter compares with. A quoted text is taken whole, whatever stands in it; of one that was left without its quotes, the first word.</summary>
    [GeneratedRegex(""""
        "(?<quoted>(\\.|[^"\\])*)("|\\?$)|(?<operator>\b(eq|ne|co|sw|ew|gt|ge|lt|le))\s+(?<literal>[^\s"()\[\]]+)
        """", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literals();

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

    private void Write(Utf8JsonWriter writer, JsonElement element, Place place, ISet<string> values, bool echoes)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, place, values, echoes);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                WriteObject(writer, element, place, values, echoes);
                break;
            case JsonValueKind.String when echoes:
                writer.WriteStringValue(Text(element.GetString(), values) ?? "");
                break;
            case JsonValueKind.String:
                WriteText(writer, element);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement element)
    {
        var raw = Raw(element);
        if (raw.Contains((byte)'\\') || !Utf8.IsValid(raw))
        {
            // What is no text is said here.
            writer.WriteStringValue(element.GetString());
        }
        else
        {
            writer.WriteStringValue(raw);
        }
    }

    private void WriteName(Utf8JsonWriter writer, JsonProperty property, ISet<string> values)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (!raw.ContainsAny((byte)'\\', (byte)'[') && Utf8.IsValid(raw))
        {
            writer.WritePropertyName(raw);
            return;
        }

        var name = property.Name;
        writer.WritePropertyName(Names(name) && name.AsSpan().ContainsAny('"', '[') ? WithoutLiterals(name, values) : name);
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement element, Place place, ISet<string> values, bool echoes)
    {
        // A PATCH operation says in another place which attribute its value is of; an operation of a bulk request has a path, too, but no op.
        var isTop = place.Path.Length == 0;
        JsonElement? target = null;
        var isOperation = false;
        if (isTop)
        {
            foreach (var property in element.EnumerateObject())
            {
                isOperation |= Is(property, "op"u8);
                target = property.Value.ValueKind == JsonValueKind.String && Is(property, "path"u8) ? property.Value : target;
            }
        }

        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            WriteName(writer, property, values);
            if (isTop && property.Value.ValueKind == JsonValueKind.String && (Is(property, "path"u8) || Is(property, "filter"u8)))
            {
                WriteFilter(writer, property.Value, values);
                continue;
            }

            var below = isOperation && Is(property, "value"u8) ? Target(target) : Below(place, property);
            if (below.IsMasked)
            {
                AddAll(property.Value, values);
                writer.WriteStringValue(SecretText.Masked);
                continue;
            }

            // The attributes of an extension stand below its URN, and are named without it.
            var isExtension = isTop && property.Value.ValueKind == JsonValueKind.Object && IsUrn(property);
            Write(writer, property.Value, isExtension ? top : below, values, echoes);
        }

        writer.WriteEndObject();
    }

    /// <summary>A path or filter.</summary>
    private void WriteFilter(Utf8JsonWriter writer, JsonElement element, ISet<string> values)
    {
        if (Remembered(targets, Raw(element)) is { IsSuspect: false })
        {
            WriteText(writer, element);
            return;
        }

        var text = element.GetString()!;
        writer.WriteStringValue(Names(text) ? WithoutLiterals(text, values) : text);
    }

    /// <summary>What stands under a name, with what is known of the names below it.</summary>
    private sealed class Place(string path, bool isMasked, bool isSuspect)
    {
        private ConcurrentDictionary<string, Place>? below;

        /// <summary>The path of what stands there; empty at the top of a resource.</summary>
        public string Path => path;

        /// <summary>Whether it is masked.</summary>
        public bool IsMasked => isMasked;

        /// <summary>Whether its name has that of a masked attribute in it.</summary>
        public bool IsSuspect => isSuspect;

        public Place? Find(ReadOnlySpan<char> name) =>
            Volatile.Read(ref below) is { } known && known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;

        public bool TryAdd(string name, Place place) =>
            LazyInitializer.EnsureInitialized(ref below, static () => new ConcurrentDictionary<string, Place>(StringComparer.Ordinal)).TryAdd(name, place);
    }
}
