using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Requests;
using Scim.Resources;
using Scim.Schemas;

namespace Api.Requests;

/// <summary>Makes a log's entry of what was seen of a request: masked, cut to size, and with what can be told of it. It runs behind the request.</summary>
internal static partial class RequestEntry
{
    private const string Root = "/scim/v2";
    private const int MaxPath = 1024;
    private const int MaxQuery = 4096;
    private const int MaxDetail = 1024;
    private const int MaxHeader = 256;

    /// <summary>What is shown of a method that is none of HTTP's: anything may stand there.</summary>
    private const string OtherMethod = "other";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    private static readonly RequestMask Standard = new([]);

    private static readonly string[] Discovery = ["", "Bulk", "Me", ".search", "ServiceProviderConfig", "ResourceTypes", "Schemas"];

    /// <summary>Where answers are put together, one at a time on a thread.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? filledOfThread;

    /// <summary>The entry.</summary>
    public static LoggedRequest Of(SeenRequest seen)
    {
        var mask = seen.Directory is { } directory ? RequestMask.Of(directory) : Standard;
        var values = new HashSet<string>(StringComparer.Ordinal);
        var isMethod = Methods.Contains(seen.Method);
        if (!isMethod)
        {
            values.Add(seen.Method);
        }

        // In this order: a refusal repeats what it refuses.
        var query = mask.Query(seen.Query, values);
        var requestBody = seen.RequestBody is { } body ? mask.Body(body, values) : null;
        var responseBody = seen.ResponseBody.Length > 0 ? mask.Body(Filled(seen), values, echoes: seen.Status >= StatusCodes.Status400BadRequest) : null;
        var (type, id, isUnknown) = Target(seen);
        var (isFlagged, isTest) = (seen.Query.Contains("aadOptscim062020", StringComparison.OrdinalIgnoreCase), query is not null && Test().IsMatch(query));
        var style = seen.Method == "PATCH" && requestBody is not null ? StyleOf(requestBody, isFlagged) : PatchStyle.None;
        var made = seen.Method == "POST" && seen.Status == StatusCodes.Status201Created;
        return new LoggedRequest
        {
            At = seen.At,
            Outcome = OutcomeOf(seen),
            Status = seen.Status,
            Method = isMethod ? seen.Method : OtherMethod,
            Path = Cut(RequestMask.Text(seen.Path, values), MaxPath),
            Query = Cut(query, MaxQuery),
            ResourceType = type,
            ResourceId = made && id is null ? Last(seen.Location) : id,
            ScimType = seen.ScimType,
            Detail = Cut(RequestMask.Text(seen.Detail, values), MaxDetail),
            DurationMicroseconds = Math.Max(0, (long)seen.Duration.TotalMicroseconds),
            Address = seen.Address is { } address ? Shown(address) : null,
            UserAgent = Cut(RequestMask.Text(seen.UserAgent, []), MaxHeader),
            CorrelationId = Cut(RequestMask.Text(seen.CorrelationId, []), MaxHeader),
            CredentialId = seen.CredentialId,
            CredentialLastFour = seen.CredentialLastFour,
            RequestBytes = seen.RequestBytes,
            ResponseBytes = seen.ResponseBytes,
            RequestBody = requestBody,
            RequestBodyCut = seen.RequestBodyCut || (requestBody is null && seen.RequestBody is not null),
            ResponseBody = responseBody,
            ResponseBodyCut = seen.ResponseBodyCut || (responseBody is null && seen.ResponseBody.Length > 0),
            Client = ClientOf(seen, style, isFlagged, isTest),
            PatchStyle = style,
            IsTest = isTest,
            IsAddressUnknown = isUnknown && seen.Status == StatusCodes.Status404NotFound,
            UsersMade = made && type == "User" ? 1 : seen.Made.Users,
            GroupsMade = made && type == "Group" ? 1 : seen.Made.Groups,
            MembersAdded = type == "Group" && requestBody is not null && seen.Status is >= 200 and < 300 ? MembersIn(requestBody) : 0,
        };
    }

    private static RequestOutcome OutcomeOf(SeenRequest seen) =>
        seen.Directory is null ? RequestOutcome.Unauthenticated
        : seen.Status is 0 or >= StatusCodes.Status500InternalServerError ? RequestOutcome.Failed
        : seen.Status >= StatusCodes.Status400BadRequest ? RequestOutcome.Refused
        : RequestOutcome.Succeeded;

    /// <summary>The answer as it was sent: until the next one is asked for.</summary>
    private static ReadOnlyMemory<byte> Filled(SeenRequest seen)
    {
        if (seen.BaseUrl is not { } baseUrl)
        {
            return seen.ResponseBody;
        }

        var output = filledOfThread ??= new ArrayBufferWriter<byte>();
        output.ResetWrittenCount();
        AddressMark.Fill(seen.ResponseBody.Span, baseUrl, output);
        return output.WrittenMemory;
    }

    /// <summary>What the address names: a resource type, a resource, or nothing that there is.</summary>
    private static (string? Type, string? Id, bool IsUnknown) Target(SeenRequest seen)
    {
        var at = seen.Path.IndexOf(Root, StringComparison.OrdinalIgnoreCase);
        var parts = at < 0 ? [] : seen.Path[(at + Root.Length)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return (null, null, at < 0);
        }

        var schemas = seen.Directory is { } directory ? DirectorySchemas.Of(directory) : SchemaSet.Standard;
        var type = schemas.FindEndpoint(parts[0]);
        var id = type is not null && parts.Length > 1 && Guid.TryParseExact(parts[1], "D", out _) ? parts[1] : null;
        return (type?.Name, id, type is null && !Discovery.Contains(parts[0], StringComparer.OrdinalIgnoreCase));
    }

    private static PatchStyle StyleOf(ReadOnlySpan<byte> body, bool isFlagged)
    {
        if (isFlagged)
        {
            return PatchStyle.EntraFlagged;
        }

        var at = body.IndexOf("\"op\":\""u8);
        return at < 0 || at + 6 >= body.Length ? PatchStyle.None
            : char.IsAsciiLetterUpper((char)body[at + 6]) ? PatchStyle.EntraDefault
            : PatchStyle.Standard;
    }

    /// <summary>What kind of client it seems to be, by what only one kind is known to send.</summary>
    private static IdentityClient ClientOf(SeenRequest seen, PatchStyle style, bool isFlagged, bool isTest) =>
        Named(seen.UserAgent, "okta") ? IdentityClient.Okta
        : isFlagged || isTest || style is PatchStyle.EntraDefault || Named(seen.UserAgent, "microsoft") || Named(seen.UserAgent, "azure") || Named(seen.UserAgent, "entra") ? IdentityClient.Entra
        : IdentityClient.Unknown;

    private static bool Named(string? userAgent, string name) => userAgent?.Contains(name, StringComparison.OrdinalIgnoreCase) == true;

    private static int MembersIn(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return 0;
        }

        var members = 0;
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameEquals("members") && property.Value.ValueKind == JsonValueKind.Array)
            {
                members += property.Value.GetArrayLength();
            }
            else if (property.Name.Equals("Operations", StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Array)
            {
                members += property.Value.EnumerateArray().Sum(AddedBy);
            }
        }

        return members;
    }

    private static int AddedBy(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object
            || !operation.TryGetProperty("op", out var op) || op.ValueKind != JsonValueKind.String || op.GetString()!.Equals("remove", StringComparison.OrdinalIgnoreCase)
            || !operation.TryGetProperty("value", out var value))
        {
            return 0;
        }

        var isPath = operation.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String && path.GetString()!.Equals("members", StringComparison.OrdinalIgnoreCase);
        return isPath && value.ValueKind == JsonValueKind.Array ? value.GetArrayLength()
            : isPath ? 1
            : value.ValueKind == JsonValueKind.Object && value.TryGetProperty("members", out var members) && members.ValueKind == JsonValueKind.Array ? members.GetArrayLength()
            : 0;
    }

    private static string? Last(string? location) => location is { } text && Guid.TryParseExact(text[(text.LastIndexOf('/') + 1)..], "D", out var id) ? id.ToString() : null;

    private static string Shown(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    private static string? Cut(string? text, int length) => text is { } whole && whole.Length > length ? whole[..length] + "…" : text;

    /// <summary>A GUID where none is expected. An <c>externalId</c> is one: to look for it is how Entra finds its users.</summary>
    [GeneratedRegex("""^\?(.*&)?filter=\s*(userName|displayName|emails(\[type eq "work"\])?(\.value)?) eq "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"\s*(&|$)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Test();
}
