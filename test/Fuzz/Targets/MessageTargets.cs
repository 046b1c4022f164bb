using System.Buffers;
using System.Text.Json.Nodes;
using Scim;
using Scim.Bulk;
using Scim.Paging;
using Scim.Patching;
using Scim.Projection;
using Scim.Resources;
using Scim.Schemas;

namespace Fuzz.Targets;

/// <summary>The readers of request bodies.</summary>
internal static class MessageTargets
{
    private const string PatchOp = "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"]";

    private static readonly string[] Json =
    [
        "null", "[]", "{}", "\"\"", "true", "false", "0", "-0", "1e999", "1.50", "\\ud800", "\"\\udc00\"", "[[[[", "}}}}", ",", "\"", "\\", "\u0001", "é", "\u00ef\u00bb\u00bf", "\"value\":", "\"type\":\"work\"", "\"primary\":true",
        "\"$ref\":null", "\"userName\":\"x\"", "\"USERNAME\":", "\"displayName\":", "\"emails\":[{", "\"members\":[{\"value\":\"1\"}]", "\"schemas\":[", "\"id\":", "\"meta\":{", "\"active\":\"False\"",
        "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{", "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0User\":{", "\"urn:example:scim:2.0:Custom\":{", "\"2011-08-01T21:32:44.882Z\"", "\"AAEC\"",
    ];

    private static readonly string[] Patches =
    [
        "\"op\":\"add\"", "\"op\":\"Replace\"", "\"op\":\"remove\"", "\"path\":\"active\"", "\"path\":\"emails[type eq \\\"work\\\"].value\"", "\"path\":\"emails\"", "\"path\":\"members\"", "\"path\":\"members[value eq \\\"1\\\"]\"",
        "\"path\":\"manager\"", "\"path\":\"rooms[value gt 1]\"", "\"path\":\"rooms[value eq 3 and primary eq true].since\"", "\"path\":\"desk.floor\"", "\"path\":\"tags[value eq \\\"a\\\"]\"", "\"path\":\"badge\"", "\"path\":\"addresses[type eq \\\"work\\\"]\"",
        "\"path\":\"urn:example:scim:2.0:Custom\"", "\"name.givenName\":\"x\"", "\"value\":\"\"", "\"value\":[{\"value\":\"9\",\"primary\":true}]", "\"value\":{\"active\":false}", "},{",
    ];

    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        new("json", [Samples.UserText, Samples.GroupText, "{}", "{\"a\":[1,-2.50e+3,null,true,\"\\u00e9\\ud83d\\ude00\"]}"], Json, TryJson),
        new("user", [Samples.UserText, "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"u\",\"emails\":[{\"primary\":true,\"value\":\"u@x\",\"type\":\"work\"}],\"groups\":[],\"password\":\"1mz050nq\",\"active\":true}"], Json, input => TryResource(input, Samples.Set.User)),
        new("group", [Samples.GroupText, "{\"displayName\":\"g\",\"members\":[\"1\",{\"value\":\"2\",\"type\":\"group\"}]}"], Json, input => TryResource(input, Samples.Set.Group)),
        new("user-patch",
        [
            "{" + PatchOp + ""","Operations":[{"op":"Replace","path":"active","value":"False"}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"replace","value":{"displayName":"x","name.givenName":"y","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber":"1"} }]}""",
            "{" + PatchOp + ""","Operations":[{"op":"Add","path":"emails[type eq \"work\"].value","value":"a@x"},{"op":"Replace","path":"addresses[type eq \"work\"].locality","value":null}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"Add","path":"manager","value":[{"$ref":"https://x/Users/1","value":"1"}]},{"op":"remove","path":"manager[value eq \"1\"]"}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"replace","value":{"active":false}}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"add","path":"emails","value":[{"value":"n@x","type":"other","primary":true}]},{"op":"remove","path":"emails[primary eq true]"},{"op":"replace","path":"urn:example:scim:2.0:Custom:rooms[value eq 2].since","value":"2021-01-01T00:00:00Z"}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"add","path":"urn:example:scim:2.0:Custom","value":{"ratio":1.0,"tags":["c"],"desk":{"floor":1}}},{"op":"remove","path":"tags[value eq \"a\"]"},{"op":"replace","path":"name","value":{"familyName":"Z"}}]}""",
        ],
        [.. Json, .. Patches], TryUserPatch),
        new("group-patch",
        [
            "{" + PatchOp + ""","Operations":[{"op":"Add","path":"members","value":[{"$ref":null,"value":"2819c223"}]}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"Remove","path":"members","value":[{"$ref":null,"value":"2819c223"}]},{"op":"remove","path":"members[value eq \"902c246b\"]"}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"replace","path":"members","value":[{"value":"1","display":"a"},{"value":"2"}]}]}""",
            "{" + PatchOp + ""","Operations":[{"op":"replace","value":{"id":"abf4dd94","displayName":"Test SCIMv2"}}]}""",
        ],
        [.. Json, .. Patches], TryGroupPatch),
        new("search",
        [
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"attributes":["displayName","userName"],"filter":"displayName sw \"smith\"","startIndex":1,"count":10}""",
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"excludedAttributes":["members"],"sortBy":"userName","sortOrder":"descending","cursor":"","count":5}""",
        ],
        [.. Json, "\"filter\":", "\"sortBy\":", "\"sortOrder\":\"descending\"", "\"startIndex\":", "\"count\":", "\"cursor\":\"x\"", "\"attributes\":[\"a\"]"], TrySearch),
        new("bulk",
        [
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"failOnErrors":1,"Operations":[{"method":"POST","path":"/Users","bulkId":"qwerty","data":{"userName":"Alice"}},{"method":"POST","path":"/Groups","bulkId":"ytrewq","data":{"displayName":"Tour Guides","members":[{"type":"User","value":"bulkId:qwerty"}]}}]}""",
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"PATCH","path":"/Groups/bulkId:a","data":{"Operations":[{"op":"remove","path":"members[value eq \"bulkId:b\"]"}]}},{"method":"PUT","path":"/Users/1","version":"W/\"4\"","data":{"userName":"Bob","manager":{"$ref":"../Users/bulkId:a","value":"bulkId:a"}}},{"method":"DELETE","path":"/Users/2","version":"W/\"1\""}]}""",
        ],
        [.. Json, "\"method\":\"POST\"", "\"method\":\"delete\"", "\"path\":\"/Users\"", "\"path\":\"/Groups/1\"", "\"path\":\"/Users/bulkId:qwerty\"", "\"bulkId\":\"qwerty\"", "bulkId:qwerty", "bulkId:", "\"data\":{", "\"failOnErrors\":2", "\"version\":\"W/\\\"1\\\"\"", "},{"], TryBulk),
    ];

    private static string TryJson(byte[] input)
    {
        if (!JsonBody.Parse(input).TryGet(out var body, out var error))
        {
            return Outcome.Of(error, "invalidSyntax");
        }

        var written = JsonBody.ToUtf8(body);
        var again = JsonBody.Parse(written);
        BrokenRuleException.Unless(again.Error is null && JsonEquality.DeepEquals(again.Value, body), $"the body written is another: {Samples.Text(written)}");
        BrokenRuleException.Unless(JsonBody.ToUtf8(again.Value).AsSpan().SequenceEqual(written), "the body written twice is another");
        return $"{Outcome.Accepted} {body.Count}";
    }

    private static string TryResource(byte[] input, ResourceType type)
    {
        var outcome = "";
        foreach (var dialect in Samples.Dialects)
        {
            if (!ResourceReader.Read(input, type, dialect).TryGet(out var resource, out var error))
            {
                outcome += Outcome.Of(error);
                continue;
            }

            outcome += Outcome.Accepted;
            CheckStable(resource, type, dialect);
            Show(resource, type);
            var replaced = Replacement.Apply(resource, resource, type);
            BrokenRuleException.Unless(replaced.Error is null && !replaced.Value.Changed, "a resource in its own place changes it");
        }

        return outcome;
    }

    /// <summary>What was normalised once is normalised.</summary>
    private static void CheckStable(JsonObject resource, ResourceType type, Dialect dialect)
    {
        var written = JsonBody.ToUtf8(resource);
        var again = ResourceReader.Read(written, type, dialect);
        BrokenRuleException.Unless(again.Error is null, $"the resource written is refused ({dialect}): {again.Error?.Detail}: {Samples.Text(written)}");
        BrokenRuleException.Unless(JsonEquality.DeepEquals(again.Value, resource), $"the resource written is another ({dialect}): {Samples.Text(written)}");
    }

    private static void Show(JsonObject resource, ResourceType type)
    {
        var head = (JsonObject)resource.DeepClone();
        GroupMembers.Take(head);
        var output = new ArrayBufferWriter<byte>();
        AddressMark.Fill(ResourceRenderer.Render(type, JsonBody.ToUtf8(head), Samples.Meta), "https://a.example"u8, output);
        var shown = new ArrayBufferWriter<byte>(output.WrittenCount);
        AttributeSelection.Default(type).Project(output.WrittenSpan, shown);
        var parsed = JsonBody.Parse(shown.WrittenSpan);
        BrokenRuleException.Unless(parsed.Error is null, $"what is shown is not JSON: {Samples.Text(shown.WrittenSpan.ToArray())}");
        BrokenRuleException.Unless(parsed.Value["password"] is null && parsed.Value["urn:example:scim:2.0:Custom"]?["secret"] is null, "what is never returned is shown");
    }

    private static string TryUserPatch(byte[] input)
    {
        var outcome = "";
        foreach (var dialect in Samples.Dialects)
        {
            if (!PatchRequest.Parse(input, Samples.Set.User, dialect).TryGet(out var patch, out var error))
            {
                outcome += Outcome.Of(error);
                continue;
            }

            if (!patch.Apply(Samples.User).TryGet(out var patched, out error))
            {
                outcome += $"then {Outcome.Of(error)}";
                continue;
            }

            outcome += $"{Outcome.Accepted} {patched.Changed}";
            CheckStable(patched.Resource, Samples.Set.User, dialect);
            Show(patched.Resource, Samples.Set.User);
            var score = patched.Resource["urn:example:scim:2.0:Custom"]?["score"];
            BrokenRuleException.Unless(score is null, "a readOnly attribute has a value");
        }

        return outcome;
    }

    private static string TryGroupPatch(byte[] input)
    {
        var outcome = "";
        foreach (var dialect in Samples.Dialects)
        {
            if (!PatchRequest.Parse(input, Samples.Set.Group, dialect).TryGet(out var patch, out var error)
                || !patch.SplitMembers().TryGet(out var split, out error))
            {
                outcome += Outcome.Of(error);
                continue;
            }

            var head = (JsonObject)Samples.Group.DeepClone();
            GroupMembers.Take(head);
            outcome += split.Head.Apply(head).TryGet(out var patched, out error) ? $"{Outcome.Accepted} {patched.Changed} {split.Members.Count}" : Outcome.Of(error);
            foreach (var operation in split.Members)
            {
                BrokenRuleException.Unless(operation.Values.All(member => !string.IsNullOrWhiteSpace(member.Value)) || operation.Kind == MemberOperationKind.Remove, "a member is blank");
                BrokenRuleException.Unless(operation.Values.Select(member => member.Value).Distinct(StringComparer.Ordinal).Count() == operation.Values.Count, "a member is there twice");
            }
        }

        return outcome;
    }

    private static string TrySearch(byte[] input)
    {
        if (!SearchRequest.Read(input, Dialect.Entra).TryGet(out var request, out var error))
        {
            return Outcome.Of(error, "invalidSyntax", "invalidValue", "invalidCount");
        }

        var written = new JsonObject
        {
            ["schemas"] = new JsonArray(SearchRequest.Schema),
            ["filter"] = request.Filter,
            ["sortBy"] = request.SortBy,
            ["sortOrder"] = request.Descending ? "descending" : "ascending",
            ["count"] = request.Page.Count,
        };
        if (request.Page.Cursor is { } cursor)
        {
            written["cursor"] = cursor;
        }
        else
        {
            written["startIndex"] = request.Page.StartIndex;
        }

        foreach (var (name, list) in new[] { ("attributes", request.Attributes), ("excludedAttributes", request.ExcludedAttributes) })
        {
            written[name] = list is null ? null : new JsonArray([.. list.Split(',').Select(text => (JsonNode)text)]);
        }

        // An empty list of names is a list of one empty name, joined.
        var again = SearchRequest.Read(Samples.Bytes(written.ToJsonString()), Dialect.Strict);
        BrokenRuleException.Unless(again.Error is null && again.Value == request, $"the search written is another: {written.ToJsonString()}");
        return $"{Outcome.Accepted} {request.Filter is null} {request.SortBy is null} {request.Attributes is null} {request.Page.Cursor is null}";
    }

    private static string TryBulk(byte[] input)
    {
        var outcome = "";
        foreach (var dialect in Samples.Dialects)
        {
            if (!BulkRequest.Parse(input, Samples.Set, dialect).TryGet(out var request, out var error))
            {
                outcome += Outcome.Of(error);
                continue;
            }

            outcome += Outcome.Accepted;
            var order = BulkOrder.Of(request);
            BrokenRuleException.Unless(order.Count == request.Operations.Count, "an operation has no place in the order");
            for (var i = 0; i < order.Count; i++)
            {
                var operation = request.Operations[i];
                BrokenRuleException.Unless(order[i].All(other => other >= 0 && other < order.Count && other != i), "an operation waits for itself, or for none");
                outcome += operation.Error is { } fault ? Outcome.Of(fault) : $"{operation.Method}{order[i].Count}";
                if (operation is { Error: null, Data: { } data })
                {
                    var names = BulkOrder.References(operation).ToList();
                    BulkReferences.Resolve(data, name => "id-" + name.Length);
                    BrokenRuleException.Unless(names.Count == 0 || !BulkReferences.In(data).Any(names.Contains), "a reference is left");
                }
            }
        }

        return outcome;
    }
}
