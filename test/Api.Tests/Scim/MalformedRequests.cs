using System.Text;

namespace Api.Tests.Scim;

/// <summary>The corpus of bad input: what clients, proxies and attackers send.</summary>
internal static class MalformedRequests
{
    private const string Syntax = "invalidSyntax";
    private const string Value = "invalidValue";
    private const string Path = "invalidPath";
    private const string FilterFault = "invalidFilter";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>Bodies that are no JSON object, or not one that can be read without doubt.</summary>
    private static readonly (string Name, byte[] Body)[] BrokenBodies =
    [
        ("nothing", []),
        ("white space", "  \r\n\t"u8.ToArray()),
        ("open brace", "{"u8.ToArray()),
        ("closing brace", "}"u8.ToArray()),
        ("array", "[]"u8.ToArray()),
        ("array of objects", """[{"userName":"a","displayName":"a"}]"""u8.ToArray()),
        ("null", "null"u8.ToArray()),
        ("true", "true"u8.ToArray()),
        ("number", "1"u8.ToArray()),
        ("string", "\"x\""u8.ToArray()),
        ("value missing", "{\"userName\":}"u8.ToArray()),
        ("cut off in a string", "{\"userName\":\"a"u8.ToArray()),
        ("cut off before the end", "{\"userName\":\"a\",\"displayName\":\"a\""u8.ToArray()),
        ("single quotes", "{'userName':'a','displayName':'a'}"u8.ToArray()),
        ("name without quotes", "{userName:\"a\",displayName:\"a\"}"u8.ToArray()),
        ("trailing comma", "{\"userName\":\"a\",\"displayName\":\"a\",}"u8.ToArray()),
        ("comment", "{\"userName\":\"a\",\"displayName\":\"a\"/* x */}"u8.ToArray()),
        ("two documents", "{\"userName\":\"a\",\"displayName\":\"a\"}{}"u8.ToArray()),
        ("rubbish after the end", "{\"userName\":\"a\",\"displayName\":\"a\"}x"u8.ToArray()),
        ("NaN", "{\"userName\":\"a\",\"displayName\":\"a\",\"x\":NaN}"u8.ToArray()),
        ("Infinity", "{\"userName\":\"a\",\"displayName\":\"a\",\"x\":-Infinity}"u8.ToArray()),
        ("leading zero", "{\"userName\":\"a\",\"displayName\":\"a\",\"x\":01}"u8.ToArray()),
        ("plus sign", "{\"userName\":\"a\",\"displayName\":\"a\",\"x\":+1}"u8.ToArray()),
        ("control character in a string", "{\"userName\":\"a\u0001\",\"displayName\":\"a\u0001\"}"u8.ToArray()),
        ("line break in a string", "{\"userName\":\"a\n\",\"displayName\":\"a\n\"}"u8.ToArray()),
        ("zero bytes", [0, 0, 0, 0]),
        ("zero byte after the end", [.. "{\"userName\":\"a\",\"displayName\":\"a\"}"u8, 0]),
        ("lone high surrogate", """{"userName":"a\ud800","displayName":"a\ud800"}"""u8.ToArray()),
        ("lone low surrogate", """{"userName":"\udc00a","displayName":"\udc00a"}"""u8.ToArray()),
        ("lone surrogate in a name", """{"\ud800":1,"userName":"a","displayName":"a"}"""u8.ToArray()),
        ("escape cut off", """{"userName":"\u12","displayName":"\u12"}"""u8.ToArray()),
        ("unknown escape", """{"userName":"\x41","displayName":"\x41"}"""u8.ToArray()),
        ("byte FF", [.. "{\"userName\":\"a"u8, 0xFF, .. "\"}"u8]),
        ("overlong slash", [.. "{\"userName\":\"a"u8, 0xC0, 0xAF, .. "\"}"u8]),
        ("surrogate as UTF-8", [.. "{\"userName\":\"a"u8, 0xED, 0xA0, 0x80, .. "\"}"u8]),
        ("Latin-1", [.. "{\"userName\":\"J"u8, 0xFC, .. "rgen\"}"u8]),
        ("UTF-16 with a mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"userName\":\"a\"}")]),
        ("UTF-16", Encoding.Unicode.GetBytes("{\"userName\":\"a\"}")),
        ("gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]),
        ("XML", "<?xml version=\"1.0\"?><User/>"u8.ToArray()),
        ("form", "userName=a&displayName=a"u8.ToArray()),
        ("name twice", """{"userName":"a","userName":"b","displayName":"a","displayName":"b","Operations":[],"Operations":[]}"""u8.ToArray()),
        ("name twice in another case", """{"userName":"a","USERNAME":"b","displayName":"a","Operations":[],"operations":[]}"""u8.ToArray()),
        ("33 levels", Nested(33)),
        ("5,000 levels", Nested(5_000)),
        ("100,000 open brackets", Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 100_000))),
    ];

    private static readonly (string Method, string Path)[] BodyEndpoints =
        [("POST", "/Users"), ("PUT", "/Users/{user}"), ("PATCH", "/Users/{user}"), ("POST", "/Groups"), ("PUT", "/Groups/{group}"), ("PATCH", "/Groups/{group}")];

    /// <summary>Members of a user, beside its userName, that no user can have.</summary>
    private static readonly string[] BadUserMembers =
    [
        "\"active\":\"maybe\"", "\"active\":1", "\"active\":[true,false]", "\"active\":{\"value\":true}",
        "\"displayName\":5", "\"displayName\":true", "\"displayName\":{\"a\":1}", "\"displayName\":[\"a\",\"b\"]", "\"displayName\":1e400",
        "\"name\":\"Ada\"", "\"name\":5", "\"name\":[1,2]", "\"name\":{\"givenName\":5}", "\"name\":{\"familyName\":[\"x\"]}", "\"name\":{\"givenName\":{}}",
        "\"emails\":5", "\"emails\":[5]", "\"emails\":[true]", "\"emails\":[[{\"value\":\"a\"}]]", "\"emails\":[{\"value\":5}]", "\"emails\":[{\"value\":{}}]",
        "\"emails\":[{\"value\":\"a\",\"primary\":\"perhaps\"}]", "\"emails\":[{\"value\":\"a\",\"primary\":true},{\"value\":\"b\",\"primary\":true}]",
        "\"phoneNumbers\":[{\"type\":7}]", "\"addresses\":[{\"locality\":[1]}]", "\"addresses\":\"Baker Street\"",
        "\"externalId\":7", "\"externalId\":[\"a\",\"b\"]", "\"profileUrl\":5", "\"roles\":[{\"primary\":2}]",
        "\"x509Certificates\":[{\"value\":\"not base64!\"}]", "\"schemas\":5", "\"schemas\":[5]", "\"schemas\":[null]", "\"schemas\":{}",
        $"\"{Enterprise}\":\"x\"", $"\"{Enterprise}\":5", $"\"{Enterprise}\":[1]", $"\"{Enterprise}\":{{\"department\":5}}",
        $"\"{Enterprise}\":{{\"manager\":5}}", $"\"{Enterprise}\":{{\"manager\":[1,2]}}", $"\"{Enterprise}\":{{\"manager\":{{\"value\":5}}}}",
        $"\"{Enterprise}\":{{\"employeeNumber\":9999999999999999999999999999999999999999}}",
    ];

    private static readonly string[] BadUserNames = ["null", "\"\"", "\" \"", "\"\\t\\r\\n\"", "5", "true", "[]", "[\"a\",\"b\"]", "{}", "{\"value\":5}"];

    private static readonly string[] BadGroups =
    [
        "{}", """{"displayName":null}""", """{"displayName":""}""", """{"displayName":"  "}""", """{"displayName":5}""", """{"displayName":["a","b"]}""",
        """{"displayName":"g","members":5}""", """{"displayName":"g","members":true}""", """{"displayName":"g","members":[5]}""",
        """{"displayName":"g","members":[[]]}""", """{"displayName":"g","members":[{"value":5}]}""", """{"displayName":"g","members":[{"value":"not an id"}]}""",
        """{"displayName":"g","members":[{"value":"0199aaaa-0000-7000-8000-00000000dead"}]}""", """{"displayName":"g","members":[{"value":"../{user}"}]}""",
        """{"displayName":"g","members":[{"value":"{user}"},{"value":"0199aaaa-0000-7000-8000-00000000dead"}]}""",
        """{"displayName":"g","externalId":{"a":1}}""", """{"displayName":"g","members":"{user}x"}""",
    ];

    /// <summary>Operations that cannot be carried out, whoever the user is, and the keyword they get.</summary>
    private static readonly (string Operation, string ScimType)[] BadOperations =
    [
        ("null", Syntax), ("5", Syntax), ("\"replace\"", Syntax), ("[]", Syntax), ("{}", Syntax),
        ("""{"path":"title","value":"x"}""", Syntax), ("""{"op":null,"path":"title","value":"x"}""", Syntax), ("""{"op":5,"path":"title","value":"x"}""", Syntax),
        ("""{"op":"","path":"title","value":"x"}""", Syntax), ("""{"op":"move","path":"title","value":"x"}""", Syntax), ("""{"op":["add"],"path":"title","value":"x"}""", Syntax),
        ("""{"op":"add","path":5,"value":"x"}""", Path), ("""{"op":"add","path":{},"value":"x"}""", Path), ("""{"op":"add","path":["title"],"value":"x"}""", Path),
        ("""{"op":"add","path":"noSuchAttribute","value":"x"}""", Path), ("""{"op":"add","path":"name.noSuch","value":"x"}""", Path),
        ("""{"op":"add","path":"title.sub","value":"x"}""", Path), ("""{"op":"add","path":" ","value":"x"}""", Path), ("""{"op":"add","path":"/title","value":"x"}""", Path),
        ("""{"op":"add","path":"title[","value":"x"}""", FilterFault), ("""{"op":"add","path":"emails[type eq \"work\"","value":"x"}""", FilterFault),
        ("""{"op":"add","path":"emails[]","value":"x"}""", FilterFault), ("""{"op":"add","path":"emails]","value":"x"}""", Path),
        ("""{"op":"add","path":"emails[type eq work].value","value":"x"}""", FilterFault), ("""{"op":"add","path":"emails[type xx \"work\"].value","value":"x"}""", FilterFault),
        ("""{"op":"add","path":"emails[noSuch eq \"work\"].value","value":"x"}""", FilterFault), ("""{"op":"add","path":"emails[type eq \"work\"].noSuch","value":"x"}""", Path),
        ("""{"op":"add","path":"emails[type eq \"work\"]value","value":"x"}""", Path), ("""{"op":"add","path":"emails[type eq \"work\"].","value":"x"}""", Path),
        ("""{"op":"add","path":"emails[0].value","value":"x"}""", FilterFault), ("""{"op":"add","path":"title[value eq \"x\"]","value":"x"}""", Path),
        ("""{"op":"add","path":"urn:ietf:params:scim:schemas:extension:no:2.0:User:x","value":"x"}""", Path), ("""{"op":"add","path":"name..givenName","value":"x"}""", Path),
        ("""{"op":"add","path":"..","value":"x"}""", Path), ("""{"op":"add","path":"title\u0000","value":"x"}""", Path), ("""{"op":"add","path":"títle","value":"x"}""", Path),
        ("""{"op":"replace","path":"id","value":"x"}""", "mutability"), ("""{"op":"replace","path":"meta","value":{}}""", "mutability"),
        ("""{"op":"replace","path":"meta.version","value":"x"}""", "mutability"), ("""{"op":"add","path":"groups","value":[{"value":"{group}"}]}""", "mutability"),
        ("""{"op":"remove","path":"userName"}""", "mutability"), ("""{"op":"remove","path":"id"}""", "mutability"), ("""{"op":"remove","path":"schemas"}""", "mutability"),
        ("""{"op":"remove"}""", "noTarget"), ("""{"op":"remove","value":{"title":"x"}}""", "noTarget"),
        ("""{"op":"replace","path":"title"}""", Value), ("""{"op":"add"}""", Value), ("""{"op":"replace","value":"x"}""", Value), ("""{"op":"replace","value":[{"title":"x"}]}""", Value),
        ("""{"op":"replace","value":5}""", Value), ("""{"op":"replace","path":"userName","value":null}""", Value), ("""{"op":"replace","path":"userName","value":""}""", Value),
        ("""{"op":"replace","path":"userName","value":5}""", Value), ("""{"op":"replace","path":"active","value":"maybe"}""", Value), ("""{"op":"replace","path":"active","value":2}""", Value),
        ("""{"op":"replace","path":"title","value":{"a":1}}""", Value), ("""{"op":"replace","path":"title","value":["a","b"]}""", Value),
        ("""{"op":"add","path":"emails","value":5}""", Value), ("""{"op":"add","path":"emails","value":[5]}""", Value),
        ("""{"op":"add","path":"emails[type eq \"work\"].primary","value":"perhaps"}""", Value), ("""{"op":"replace","path":"name","value":"x"}""", Value),
        ("""{"op":"replace","path":"name.givenName","value":{}}""", Value), ("""{"op":"replace","value":{"active":"perhaps"}}""", Value),
        ($$"""{"op":"replace","path":"{{Enterprise}}","value":5}""", Value), ($$"""{"op":"replace","path":"{{Enterprise}}:manager","value":5}""", Value),
        ($$"""{"op":"replace","path":"{{Enterprise}}:department","value":5}""", Value),
    ];

    private static readonly string[] BadFilters =
    [
        "", " ", "userName", "userName eq", "eq \"x\"", "userName eq x", "userName eq 'x'", "userName eq \"x", "userName eq x\"", "userName equals \"x\"", "userName = \"x\"",
        "userName eq \"x\" and", "and userName eq \"x\"", "userName eq \"x\" or", "userName eq \"x\" xor active eq true", "userName eq \"x\" userName eq \"y\"",
        "(userName eq \"x\"", "userName eq \"x\")", "()", "not", "not userName eq \"x\"", "not (userName eq \"x\"", "emails[type eq \"work\"", "emails[]", "emails]",
        "emails[type eq \"work\"].", "emails[emails[type eq \"a\"]]", "noSuchAttribute eq \"x\"", "name.noSuch eq \"x\"", "userName.sub eq \"x\"", "urn:no:such:userName eq \"x\"",
        "userName eq \"\\ud800\"", "userName eq \"\\x\"", "userName eq \"\\u12\"", "active gt true", "active eq \"maybe\"", "active eq 5", "userName eq 5", "userName eq true",
        "userName gt true", "userName pr \"x\"", "userName eq {}", "userName eq [\"x\"]", "; drop table users", "userName eq \"x\"; id pr", "userName eq \"x\u0000\u0001", "1 eq 1", "\"a\" eq \"a\"",
        "meta.lastModified gt \"yesterday\"", "userName co", "userName eq 1e", "userName eq nul", "*", "%", "userName like \"a%\"",
    ];

    private static readonly string[] BadNumbers = ["a", "1.5", "1e3", "0x10", "+1", " 1", "1 ", "--1", "-", "1,000", "٣", "null", "true", "[1]", "1;2", "NaN", "∞"];

    private static readonly string[] BadIds =
    [
        "x", "*", "0", "-1", "null", "..%2f..", "%2e%2e%2e", "%2e%2e%2f{group}", "{user}%20", "%20{user}", "{user}%0a", "{user}%2f", "{user}'", "{user}%22", "{user}.x", "%7b{user}%7d",
        "{user}%c3%a4", "%ff%fe", "%ed%a0%80", "%25%7buser%7d", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{user}{user}", "..;", "'or'1'='1",
        "{user}/extra", "{user}/Groups/{group}", "%24%7bjndi:x%7d", "m-{group}", "u-id.0",
    ];

    private static readonly (string Name, string Type)[] MediaTypes =
    [
        ("text", "text/plain"), ("XML", "application/xml"), ("form", "application/x-www-form-urlencoded"), ("multipart", "multipart/form-data; boundary=x"),
        ("json patch", "application/json-patch+json"), ("rubbish", "rubbish"), ("UTF-16", "application/scim+json; charset=utf-16"), ("Latin-1", "application/json;charset=iso-8859-1"),
    ];

    private static readonly (string Name, string Body)[] BadPatches =
    [
        ("empty object", "{}"), ("no operations", Bodies.Patch()), ("operations null", """{"Operations":null}"""), ("operations an object", """{"Operations":{}}"""),
        ("operations a string", """{"Operations":"replace"}"""), ("schemas of another message", """{"schemas":["urn:x"],"Operations":[{"op":"add","path":"displayName","value":"x"}]}"""),
        ("schemas a number", """{"schemas":5,"Operations":[{"op":"add","path":"displayName","value":"x"}]}"""), ("a whole user", Bodies.User("x")),
    ];

    public static IReadOnlyDictionary<string, MalformedRequest> All { get; } = Build().ToDictionary(r => Printable(r.Name), StringComparer.Ordinal);

    private static IEnumerable<MalformedRequest> Build()
    {
        foreach (var (method, path) in BodyEndpoints)
        {
            foreach (var (name, body) in BrokenBodies)
            {
                yield return new($"{method} {path}: {name}", method, path, body, 400, Syntax);
            }

            foreach (var (name, type) in MediaTypes)
            {
                yield return MalformedRequest.Of($"{method} {path}: media type {name}", method, path, "{}", 415, null) with { Headers = [("Content-Type", type)] };
            }

            yield return MalformedRequest.Of($"{method} {path}: content encoding", method, path, "{}", 415, null) with { Headers = [("Content-Encoding", "gzip")] };
            yield return MalformedRequest.Of($"{method} {path}: both selections", method, path + "?attributes=id&excludedAttributes=meta", "{}", 400, Value);
        }

        foreach (var members in BadUserMembers)
        {
            yield return MalformedRequest.Of($"POST user with {members}", "POST", "/Users", $$"""{"userName":"bad",{{members}}}""", 400, Value);
            yield return MalformedRequest.Of($"PUT user with {members}", "PUT", "/Users/{user}", $$"""{"userName":"bad",{{members}}}""", 400, Value);
        }

        foreach (var name in BadUserNames)
        {
            yield return MalformedRequest.Of($"POST userName {name}", "POST", "/Users", $$"""{"userName":{{name}}}""", 400, Value);
            yield return MalformedRequest.Of($"PUT userName {name}", "PUT", "/Users/{user}", $$"""{"userName":{{name}}}""", 400, Value);
        }

        yield return MalformedRequest.Of("POST user without userName", "POST", "/Users", "{}", 400, Value);
        yield return MalformedRequest.Of("POST userName too long", "POST", "/Users", Bodies.User(new string('a', 1025)), 400, Value);
        yield return MalformedRequest.Of("POST externalId too long", "POST", "/Users", Bodies.User("bad", $",\"externalId\":\"{new string('a', 1025)}\""), 400, Value);
        yield return MalformedRequest.Of("POST title too long", "POST", "/Users", Bodies.User("bad", $",\"title\":\"{new string('a', 65_537)}\""), 400, Value);
        yield return MalformedRequest.Of("POST too many emails", "POST", "/Users", Bodies.User("bad", $",\"emails\":[{Repeat("{\"value\":\"a\"}", 1001)}]"), 400, Value);
        foreach (var body in BadGroups)
        {
            yield return MalformedRequest.Of($"POST group {body}", "POST", "/Groups", body, 400, Value);
            yield return MalformedRequest.Of($"PUT group {body}", "PUT", "/Groups/{group}", body, 400, Value);
        }

        foreach (var (operation, scimType) in BadOperations)
        {
            yield return MalformedRequest.Of($"PATCH user {operation}", "PATCH", "/Users/{user}", Bodies.Patch(operation), 400, scimType);
            yield return MalformedRequest.Of($"PATCH user, good then {operation}", "PATCH", "/Users/{user}", Bodies.Patch("""{"op":"add","path":"title","value":"must not stay"}""", operation), 400, scimType);
        }

        foreach (var (name, body) in BadPatches)
        {
            yield return MalformedRequest.Of($"PATCH user: {name}", "PATCH", "/Users/{user}", body, 400, Syntax);
            yield return MalformedRequest.Of($"PATCH group: {name}", "PATCH", "/Groups/{group}", body, 400, Syntax);
        }

        yield return MalformedRequest.Of("PATCH user: too many operations", "PATCH", "/Users/{user}", Bodies.Patch(Repeat("""{"op":"add","path":"title","value":"x"}""", 1001)), 400, "tooMany");
        yield return MalformedRequest.Of("PATCH group: member that is not", "PATCH", "/Groups/{group}", Bodies.AddMembers("0199aaaa-0000-7000-8000-00000000dead"), 400, Value);
        yield return MalformedRequest.Of("PATCH group: one good member, one that is not", "PATCH", "/Groups/{group}", Bodies.AddMembers("{user}", "0199aaaa-0000-7000-8000-00000000dead"), 400, Value);
        yield return MalformedRequest.Of("PATCH group: itself", "PATCH", "/Groups/{group}", Bodies.AddMembers("{group}"), 400, Value);
        yield return MalformedRequest.Of("PATCH group: remove displayName", "PATCH", "/Groups/{group}", Bodies.Patch("""{"op":"remove","path":"displayName"}"""), 400, "mutability");
        yield return MalformedRequest.Of("PATCH group: bad member filter", "PATCH", "/Groups/{group}", Bodies.Patch("""{"op":"remove","path":"members[value eq ]"}"""), 400, FilterFault);
        foreach (var filter in BadFilters)
        {
            foreach (var endpoint in new[] { "/Users", "/Groups" })
            {
                yield return MalformedRequest.Of($"GET {endpoint} filter {filter}", "GET", $"{endpoint}?filter={Uri.EscapeDataString(filter)}", null, 400, FilterFault);
            }
        }

        yield return MalformedRequest.Of("filter twice", "GET", "/Users?filter=userName%20pr&filter=userName%20pr", null, 400, FilterFault);
        yield return MalformedRequest.Of("filter too long", "GET", $"/Users?filter={Uri.EscapeDataString($"userName eq \"{new string('a', 7000)}\" and title eq \"{new string('b', 1200)}\"")}", null, 400, FilterFault);
        yield return MalformedRequest.Of("filter too deep", "GET", $"/Users?filter={new string('(', 40)}userName%20pr{new string(')', 40)}", null, 400, FilterFault);
        yield return MalformedRequest.Of("filter with too many terms", "GET", $"/Users?filter={string.Join("%20or%20", Enumerable.Repeat("id%20pr", 101))}", null, 400, FilterFault);
        foreach (var number in BadNumbers)
        {
            yield return MalformedRequest.Of($"startIndex {number}", "GET", $"/Users?startIndex={Uri.EscapeDataString(number)}", null, 400, Value);
            yield return MalformedRequest.Of($"count {number}", "GET", $"/Groups?count={Uri.EscapeDataString(number)}", null, 400, Value);
        }

        yield return MalformedRequest.Of("startIndex empty", "GET", "/Users?startIndex=", null, 400, Value);
        yield return MalformedRequest.Of("count empty", "GET", "/Users?count=", null, 400, Value);
        yield return MalformedRequest.Of("list with both selections", "GET", "/Users?attributes=id&excludedAttributes=meta", null, 400, Value);
        yield return MalformedRequest.Of("read with both selections", "GET", "/Users/{user}?attributes=id&excludedAttributes=meta", null, 400, Value);
        foreach (var id in BadIds)
        {
            yield return MalformedRequest.Of($"GET user by id {id}", "GET", $"/Users/{id}", null, 404, null);
            yield return MalformedRequest.Of($"PATCH user by id {id}", "PATCH", $"/Users/{id}", Bodies.Replace("title", "\"x\""), 404, null);
            yield return MalformedRequest.Of($"DELETE group by id {id}", "DELETE", $"/Groups/{id}", null, 404, null);
        }

        // An address that leads back to the root is the root.
        yield return MalformedRequest.Of("PATCH user by id %2e%2e", "PATCH", "/Users/%2e%2e", Bodies.Replace("title", "\"x\""), 405, null);
        yield return MalformedRequest.Of("DELETE group by id %2e%2e", "DELETE", "/Groups/%2e%2e", null, 405, null);
        yield return MalformedRequest.Of("GET a group as a user", "GET", "/Users/{group}", null, 404, null);
        yield return MalformedRequest.Of("DELETE a user as a group", "DELETE", "/Groups/{user}", null, 404, null);
        yield return MalformedRequest.Of("endpoint that is not", "GET", "/NoSuchThing", null, 404, null);
        yield return MalformedRequest.Of("schema that is not", "GET", "/Schemas/urn:no:such", null, 404, null);
        yield return MalformedRequest.Of("resource type that is not", "GET", "/ResourceTypes/Robot", null, 404, null);
        yield return MalformedRequest.Of("filter on schemas", "GET", "/Schemas?filter=id%20pr", null, 403, null);
        foreach (var (method, path) in new[] { ("PATCH", "/Users"), ("DELETE", "/Users"), ("PUT", "/Groups"), ("POST", "/Users/{user}"), ("POST", "/Schemas"), ("DELETE", "/ServiceProviderConfig"), ("OPTIONS", "/Users"), ("BREW", "/Users/{user}"), ("PROPFIND", "/Groups") })
        {
            yield return MalformedRequest.Of($"{method} {path} is not allowed", method, path, method == "POST" ? "{}" : null, 405, null);
        }

        foreach (var tag in new[] { "abc", "\"", "W/", "W/\"", "1", "W/1", ",", "w/\"1\"x", "\u0001" })
        {
            yield return MalformedRequest.Of($"If-Match {tag}", "PATCH", "/Users/{user}", Bodies.Replace("title", "\"x\""), 400, Syntax) with { Headers = [("If-Match", tag)] };
            yield return MalformedRequest.Of($"If-Match {tag} on DELETE", "DELETE", "/Groups/{group}", null, 400, Syntax) with { Headers = [("If-Match", tag)] };
            yield return MalformedRequest.Of($"If-None-Match {tag}", "GET", "/Users/{user}", null, 400, Syntax) with { Headers = [("If-None-Match", tag)] };
        }

        foreach (var tag in new[] { "W/\"999\"", "\"x\"", "W/\"-1\"", "W/\"99999999999999999999999\"", "W/\"1e0\"", "W/\"\"", "W/\"999\", \"998\"" })
        {
            yield return MalformedRequest.Of($"If-Match {tag} on PATCH", "PATCH", "/Users/{user}", Bodies.Replace("title", "\"x\""), 412, null) with { Headers = [("If-Match", tag)] };
            yield return MalformedRequest.Of($"If-Match {tag} on PUT", "PUT", "/Groups/{group}", Bodies.Group("other"), 412, null) with { Headers = [("If-Match", tag)] };
            yield return MalformedRequest.Of($"If-Match {tag} on DELETE", "DELETE", "/Users/{user}", null, 412, null) with { Headers = [("If-Match", tag)] };
        }

        yield return MalformedRequest.Of("Idempotency-Key empty", "POST", "/Users", Bodies.User("bad"), 400, Value) with { Headers = [("Idempotency-Key", "")] };
        yield return MalformedRequest.Of("Idempotency-Key too long", "POST", "/Users", Bodies.User("bad"), 400, Value) with { Headers = [("Idempotency-Key", new string('k', 256))] };
        yield return MalformedRequest.Of("userName taken", "POST", "/Users", Bodies.User("VICTIM"), 409, "uniqueness");
        yield return MalformedRequest.Of("userName taken, by PUT", "PUT", "/Users/{user}", Bodies.User("Bystander"), 409, "uniqueness");
        yield return MalformedRequest.Of("userName taken, by PATCH", "PATCH", "/Users/{user}", Bodies.Replace("userName", "\"bystander\""), 409, "uniqueness");
    }

    private static string Printable(string name) =>
        (name.Length > 200 ? name[..200] : name).Aggregate(new StringBuilder(), (all, c) => c is < ' ' or > '~' ? all.Append($"<{(int)c:X4}>") : all.Append(c)).ToString();

    private static byte[] Nested(int levels) =>
        Encoding.UTF8.GetBytes("{\"userName\":\"a\",\"displayName\":\"a\",\"x\":" + new string('[', levels - 1) + new string(']', levels - 1) + "}");

    private static string Repeat(string text, int times) => string.Join(',', Enumerable.Repeat(text, times));
}
