using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Hosting;
using Api.Moving;
using Api.Scim;
using Api.Security;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Queries;
using Microsoft.AspNetCore.Http;
using Scim;
using Scim.Resources;

namespace Fuzz.Targets;

/// <summary>What the front reads before any grain is asked: cursors, entity tags, tokens, headers, and the lines of an import.</summary>
internal static class FrontTargets
{
    private const string Directory = "dir-1";

    private static readonly PlatformState Platform = Opened();
    private static readonly TokenMint Mint = new(Platform);
    private static readonly string DirectoryKey = Mint.DirectoryKey(Directory).Token;
    private static readonly string AdminKey = Mint.AdminKey().Token;
    private static readonly AccessTokens AccessTokens = new(Platform);
    private static readonly ClientMint Clients = new(Platform);
    private static readonly string ClientId = Clients.ClientId(Directory, "0199aaaa-0000-7000-8000-000000000001");
    private static readonly string ClientSecret = Clients.Secret(ClientId).Token;
    private static readonly string AccessToken = AccessTokens.Make(Directory, new AccessCredential
    {
        Client = "0199aaaa-0000-7000-8000-000000000001",
        Source = "0199aaaa-0000-7000-8000-000000000002",
        Expires = DateTimeOffset.UnixEpoch,
    });
    private static readonly DirectoryQuery Query = new() { Types = ["User"], Filter = "active eq true", SortBy = "userName", Count = 100 };
    private static readonly QueryCursors Cursors = new(Platform, TimeProvider.System, new MusterSettings());

    private static readonly string[] Written =
    [
        Cursors.Write(new QueryCursor { Position = new IndexPosition { Order = 42, Value = "2819c223" } }, Directory, Query),
        Cursors.Write(new QueryCursor { Id = "1", Key = "bjensen", Walk = 9, Offset = 100 }, Directory, Query),
    ];

    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        new("cursor", [.. Written, ""], ["A", "_", "-", "=", "==", "+", "/", " ", "AAAA"], TryCursor),
        new("export-cursor", ["u.1f2e.2819c223.13.12.0.0.9a3b12cd", "g.0..0.0.0.0.00000000"], [".", "u", "g", "-", "0", "ffffffffffffffff", "99999999999999999999", " 1"], TryExportCursor),
        new("entity-tag", ["W/\"4\"", "\"4\"", "*", "W/\"1\", W/\"2\"", "W/\"9223372036854775807\""], ["W/", "\"", ",", "*", " ", "99999999999999999999", "-1", "\\", "\t"], TryTag),
        new("token", [DirectoryKey, AdminKey, AccessToken, ClientId, ClientSecret, "mst_dir-1_", "msa_"], ["mst_", "msa_", "mat_", "msc_", "mss_", "_", "dir-1", "A", "-", "é", "Bearer ", " "], TryToken),
        new("accept", ["application/scim+json", "application/json;q=0.5, application/scim+json;q=0.9", "*/*", "text/html, application/*;q=0.1"], ["application/", "json", "scim+json", "*", "/", ";", "q=", "0.5", "1.001", ",", "\"", "="], TryAccept),
        new("import-line",
        [
            """{"kind":"head","format":1,"directory":"dir-1","name":"A","dialect":"entra","extensions":[{"resourceType":"User","required":true,"schema":{"id":"urn:example:1","name":"X","attributes":[{"name":"a"}]}}],"at":"2026-01-01T00:00:00Z"}""",
            """{"kind":"user","id":"2819c223","version":7,"created":"2026-01-01T00:00:00Z","lastModified":"2026-01-02T00:00:00.5+02:00","attributes":{"userName":"bjensen"},"cursor":"u.1f2e.2819c223.13.12.0.0.9a3b12cd"}""",
            """{"kind":"group","id":"902c","version":1,"created":"2026-01-01T00:00:00Z","lastModified":"2026-01-01T00:00:00Z","attributes":{"displayName":"g"}}""",
            """{"kind":"members","group":"902c","version":1,"members":[{"value":"2819c223","type":"User"},{"value":"1","type":"Group"}]}""",
            """{"kind":"end","lines":4,"users":1,"groups":1,"members":2}""",
        ],
        ["\"kind\":\"user\"", "\"kind\":\"members\"", "\"extensions\":[", "\"version\":", "\"cursor\":\"", "null", "{}", "[]", "9999999999999999999", "1e3", "\"\\ud800\"", ",", "\"members\":[{", "\"0001-01-01T00:00:00+14:00\""], TryImportLine),
    ];

    private static PlatformState Opened()
    {
        var platform = new PlatformState();
        platform.Open([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        return platform;
    }

    private static string TryCursor(byte[] input)
    {
        var text = Samples.Text(input);
        if (!Cursors.Read(text, Directory, Query).TryGet(out var cursor, out var error))
        {
            return Outcome.Of(error, "invalidCursor", "expiredCursor", "invalidCount");
        }

        BrokenRuleException.Unless(text.Length == 0 || Written.Contains(Canonical(text)), "a cursor that was never given out is taken");
        var again = Cursors.Read(Cursors.Write(cursor, Directory, Query), Directory, Query);
        BrokenRuleException.Unless(again.Error is null && again.Value == cursor, "the cursor written is another");
        return Outcome.Accepted;
    }

    /// <summary>Base64 without what a decoder passes over: white space and padding.</summary>
    private static string Canonical(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).TrimEnd('=');

    private static string TryExportCursor(byte[] input)
    {
        if (ExportCursor.Parse(Samples.Text(input)) is not { } cursor)
        {
            return "refused";
        }

        BrokenRuleException.Unless(ExportCursor.Parse(cursor.ToString()) == cursor, $"the cursor written is another: {cursor}");
        return $"{Outcome.Accepted} {cursor.Type} {cursor.Place.Value is null}";
    }

    private static string TryTag(byte[] input)
    {
        if (!Preconditions.IfMatch(Samples.Text(input)).TryGet(out var versions, out var error))
        {
            return Outcome.Of(error, "invalidSyntax");
        }

        if (versions.Named is not { } named)
        {
            return $"{Outcome.Accepted} {versions.Any}";
        }

        var again = Preconditions.IfMatch(string.Join(", ", named.Select(version => ResourceRenderer.EntityTag(version))));
        BrokenRuleException.Unless(again.Error is null && again.Value.Named!.AsSpan().SequenceEqual(named), "the tags written are others");
        return $"{Outcome.Accepted} {named.Length} {named[0] < 0}";
    }

    private static string TryToken(byte[] input)
    {
        var text = Samples.Text(input);
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = text;
        var bearer = BearerToken.Of(http.Request);
        var directory = Mint.TryReadDirectoryToken(bearer ?? text, out _, out _);
        var admin = Mint.TryReadAdminToken(bearer ?? text, out _);
        BrokenRuleException.Unless(!directory || (bearer ?? text) == DirectoryKey, "an invented token is taken");
        BrokenRuleException.Unless(!admin || (bearer ?? text) == AdminKey, "an invented admin key is taken");
        var access = AccessTokens.TryRead(bearer ?? text, out _, out _);
        var client = Clients.TryReadClientId(text, out _, out _);
        var secret = Clients.TryReadSecret(ClientId, text, out _);
        BrokenRuleException.Unless(!access || (bearer ?? text) == AccessToken, "an invented access token is taken");
        BrokenRuleException.Unless(!client || text == ClientId, "an invented client id is taken");
        BrokenRuleException.Unless(!secret || text == ClientSecret, "an invented client secret is taken");
        return $"{bearer is null} {directory} {admin} {access} {client} {secret}";
    }

    private static string TryAccept(byte[] input)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Accept = Samples.Text(input);
        return Negotiation.TryChoose(http) ? Outcome.Accepted : "none";
    }

    private static string TryImportLine(byte[] input)
    {
        ImportLine line;
        try
        {
            line = ImportLine.Parse(input);
        }
        catch (FormatException exception)
        {
            BrokenRuleException.Unless(exception.Message.Length is > 0 and < 2_000 || input.Length > 1_000, "the message is long");
            return $"refused: {new string([.. exception.Message.Where(letter => letter == ' ' || char.IsAsciiLetter(letter)).Take(40)])}";
        }

        if (line.Kind is "user" or "group")
        {
            if (ResourceReader.Read(line.Attributes, line.Kind == "user" ? Samples.Set.User : Samples.Set.Group, Dialect.Entra).Error is { } error)
            {
                // The bytes of the attributes are taken as they are, and refused only here: they need not be UTF-8.
                return $"{Outcome.Accepted} but {Outcome.Of(error)}";
            }

            var again = ImportLine.Parse(Samples.Bytes(
                $$"""{"kind":"{{line.Kind}}","id":{{JsonValue.Create(line.Id).ToJsonString()}},"version":{{line.Version.ToString(CultureInfo.InvariantCulture)}},"created":"{{Time(line.Created)}}","lastModified":"{{Time(line.LastModified)}}","attributes":{{Encoding.UTF8.GetString(line.Attributes)}}}"""));
            BrokenRuleException.Unless(
                again.Id == line.Id && again.Version == line.Version && again.Created == line.Created && again.LastModified == line.LastModified && again.Attributes.AsSpan().SequenceEqual(line.Attributes),
                "the line written is another");
        }
        else if (line.Kind == "members")
        {
            var members = new JsonArray([.. line.Members.Select(member => new JsonObject { ["value"] = member.Id, ["type"] = member.Type })]);
            var written = new JsonObject { ["kind"] = "members", ["group"] = line.Id, ["version"] = line.Version, ["members"] = members };
            var again = ImportLine.Parse(JsonSerializer.SerializeToUtf8Bytes(written));
            BrokenRuleException.Unless(again.Id == line.Id && again.Members.AsSpan().SequenceEqual(line.Members), "the line written is another");
        }

        return $"{Outcome.Accepted} {line.Kind} {line.Cursor is null}";
    }

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
