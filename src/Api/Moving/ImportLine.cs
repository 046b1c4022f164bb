using System.Runtime.InteropServices;
using System.Text.Json;
using Api.Admin;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Users;

namespace Api.Moving;

/// <summary>A line of an export, read.</summary>
internal sealed record ImportLine
{
    /// <summary><c>head</c>, <c>user</c>, <c>group</c>, <c>members</c>, <c>resource</c>, <c>archived</c>, <c>orgUnit</c> or <c>end</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of a head: the form of the lines.</summary>
    public int Format { get; init; }

    /// <summary>Of a head: the directory's schema extensions.</summary>
    public DirectoryExtension[] Extensions { get; init; } = [];

    /// <summary>Of a head: the directory's own resource types.</summary>
    public DirectoryResourceType[] ResourceTypes { get; init; } = [];

    /// <summary>Of a head: the indexed attributes of users.</summary>
    public string[] UserIndexes { get; init; } = [];

    /// <summary>Of a head: the indexed attributes of groups.</summary>
    public string[] GroupIndexes { get; init; } = [];

    /// <summary>Of a resource that is no user and no group: the name of its type; of an org unit, its kind.</summary>
    public string Type { get; init; } = "";

    /// <summary>Where an export goes on behind the line; null where it does not.</summary>
    public ExportCursor? Cursor { get; init; }

    /// <summary>The id of the user or group; of members, that of their group; of a head, that of the directory; of an org unit, what it is called in addresses.</summary>
    public string Id { get; init; } = "";

    public long Version { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset LastModified { get; init; }

    /// <summary>The attributes as they stand in the line.</summary>
    public byte[] Attributes { get; init; } = [];

    public GroupMember[] Members { get; init; } = [];

    /// <summary>Of a user in the archive: when it was deleted.</summary>
    public DateTimeOffset? Deleted { get; init; }

    /// <summary>Of a user: that it was invited.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>Of an org unit: its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of an org unit: what the vendor keeps of it.</summary>
    public OrgUnitEdit? Kept { get; init; }

    /// <summary>Of an end: what the lines before it hold.</summary>
    public LineCounts? Counts { get; init; }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static ImportLine Parse(byte[] utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var line = document.RootElement;
            return Text(line, "kind") switch
            {
                "head" => new ImportLine { Kind = "head", Format = (int)Math.Clamp(Number(line, "format"), 0, int.MaxValue), Id = Text(line, "directory"), ResourceTypes = TypesOf(line), Extensions = ExtensionsOf(line), UserIndexes = TextsOf(line, "userIndexes"), GroupIndexes = TextsOf(line, "groupIndexes"), Cursor = CursorOf(line) },
                "user" => Resource(line, "user") with { Invitation = InvitationOf(line) },
                "archived" => Resource(line, "archived") with { Invitation = InvitationOf(line), Deleted = Time(line, "deleted") },
                "group" => Resource(line, "group"),
                "members" => MembersOf(line),
                "resource" => Resource(line, "resource") with { Type = Text(line, "type") },
                "orgUnit" => UnitOf(line),
                "end" => new ImportLine
                {
                    Kind = "end",
                    Counts = new LineCounts(Number(line, "lines"), Number(line, "users"), Number(line, "groups"), Number(line, "members"), line.TryGetProperty("resources", out _) ? Number(line, "resources") : 0, line.TryGetProperty("archived", out _) ? Number(line, "archived") : 0, line.TryGetProperty("orgUnits", out _) ? Number(line, "orgUnits") : 0),
                },
                var other => throw new FormatException($"its kind '{other}' is not known."),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter of text that is half of a surrogate pair.
            throw new FormatException("it is not JSON.", exception);
        }
    }

    private static ImportLine Resource(JsonElement line, string kind) => new()
    {
        Kind = kind,
        Id = Text(line, "id"),
        Version = Number(line, "version"),
        Created = Time(line, "created"),
        LastModified = Time(line, "lastModified"),
        Cursor = CursorOf(line),
        Attributes = JsonMarshal.GetRawUtf8Value(Member(line, "attributes", JsonValueKind.Object)).ToArray(),
    };

    private static Invitation? InvitationOf(JsonElement user) =>
        !user.TryGetProperty("invitation", out var invitation) ? null : new Invitation
        {
            At = Time(invitation, "at"),
            By = invitation.TryGetProperty("by", out _) ? Text(invitation, "by") : null,
        };

    private static ImportLine UnitOf(JsonElement line) => new()
    {
        Kind = "orgUnit",
        Type = Text(line, "type"),
        Id = Text(line, "id"),
        Name = Text(line, "name"),
        Kept = new OrgUnitEdit(
            line.TryGetProperty("displayName", out _) ? Text(line, "displayName") : null,
            line.TryGetProperty("description", out _) ? Text(line, "description") : null,
            !line.TryGetProperty("attributes", out _) ? null
                : Member(line, "attributes", JsonValueKind.Object).EnumerateObject().ToDictionary(a => a.Name, a => (string?)Text(a.Value), StringComparer.Ordinal)),
    };

    private static ImportLine MembersOf(JsonElement line) => new()
    {
        Kind = "members",
        Id = Text(line, "group"),
        Version = Number(line, "version"),
        Cursor = CursorOf(line),
        Members = [.. Member(line, "members", JsonValueKind.Array).EnumerateArray().Select(m => new GroupMember { Id = Text(m, "value"), Type = Text(m, "type") })],
    };

    private static string[] TextsOf(JsonElement head, string name) => !head.TryGetProperty(name, out _) ? [] :
    [
        .. Member(head, name, JsonValueKind.Array).EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? t.GetString()! : throw new FormatException($"its '{name}' are no texts.")),
    ];

    private static DirectoryExtension[] ExtensionsOf(JsonElement head) => !head.TryGetProperty("extensions", out _) ? [] :
    [
        .. Member(head, "extensions", JsonValueKind.Array).EnumerateArray().Select(e => new DirectoryExtension
        {
            ResourceType = Text(e, "resourceType"),
            Required = e.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.True,
            Urn = Text(Member(e, "schema", JsonValueKind.Object), "id"),
            Definition = Member(e, "schema", JsonValueKind.Object).GetRawText(),
        }),
    ];

    private static DirectoryResourceType[] TypesOf(JsonElement head) => !head.TryGetProperty("resourceTypes", out _) ? [] :
    [
        .. Member(head, "resourceTypes", JsonValueKind.Array).EnumerateArray().Select(t => new DirectoryResourceType
        {
            Name = Text(t, "name"),
            Endpoint = Text(t, "endpoint"),
            Description = Text(t, "description"),
            Definition = Member(t, "schema", JsonValueKind.Object).GetRawText(),
        }),
    ];

    private static ExportCursor? CursorOf(JsonElement line) =>
        line.TryGetProperty("cursor", out var cursor) && cursor.ValueKind == JsonValueKind.String ? ExportCursor.Parse(cursor.GetString()!) : null;

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException("one of its attributes is no text.");

    private static string Text(JsonElement owner, string name) => Member(owner, name, JsonValueKind.String).GetString()!;

    private static long Number(JsonElement owner, string name) =>
        Member(owner, name, JsonValueKind.Number).TryGetInt64(out var number) ? number : throw new FormatException($"its '{name}' is no whole number.");

    private static DateTimeOffset Time(JsonElement owner, string name) =>
        Member(owner, name, JsonValueKind.String).TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw new FormatException($"its '{name}' is no time.");

    private static JsonElement Member(JsonElement owner, string name, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new FormatException($"it has no '{name}' of type {kind.ToString().ToLowerInvariant()}.");
}
