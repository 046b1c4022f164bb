using System.Text.Json.Nodes;

namespace Conformance.Areas.BulkRequests;

/// <summary>Sends bulk requests and looks at the operations of the answer.</summary>
internal static class BulkCheck
{
    public const string Source = "RFC 7644 §3.7";

    /// <summary>A case for servers that offer bulk.</summary>
    public static Case Bulk(string id, string title, string source, Func<Attempt, Task> run) => Must(id, title, source, t =>
    {
        Attempt.Needs(t.Server.Bulk, "bulk");
        return run(t);
    });

    /// <summary>One operation, in JSON.</summary>
    public static string Operation(string method, string path, string? data = null, string? bulkId = null, string? version = null)
    {
        var operation = new JsonObject { ["method"] = method, ["path"] = path };
        if (bulkId is not null)
        {
            operation["bulkId"] = bulkId;
        }

        if (version is not null)
        {
            operation["version"] = version;
        }

        if (data is not null)
        {
            operation["data"] = Json.Parse(data);
        }

        return Json.Text(operation);
    }

    public static Task<Answer> Send(Attempt t, params string[] operations) => SendWith(t, null, operations);

    /// <summary>The whole request, with <c>failOnErrors</c> where it is given.</summary>
    public static async Task<Answer> SendWith(Attempt t, int? failOnErrors, params string[] operations) => (await t.Post("/Bulk", Body(failOnErrors, operations))).Is(200);

    public static string Body(int? failOnErrors, params string[] operations) =>
        $"{{\"schemas\":[\"{Urns.BulkRequest}\"],{(failOnErrors is null ? "" : $"\"failOnErrors\":{failOnErrors},")}\"Operations\":[{string.Join(',', operations)}]}}";

    /// <summary>The statuses of the operations, in order.</summary>
    public static Answer HasStatuses(this Answer answer, params string[] expected)
    {
        var statuses = answer.Array("Operations").Select(o => o?["status"]?.ToString() ?? "").ToList();
        return answer.True(statuses.SequenceEqual(expected, StringComparer.Ordinal), $"statuses {string.Join(", ", expected)}, and not {string.Join(", ", statuses)}");
    }

    /// <summary>The id of the resource that an operation made or changed, from its location.</summary>
    public static string IdOf(this Answer answer, int operation) => answer.String($"Operations/{operation}/location").Split('/')[^1];
}
