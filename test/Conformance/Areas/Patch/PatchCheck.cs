namespace Conformance.Areas.Patch;

/// <summary>Cases that make a user, patch it, and look at it.</summary>
internal static class PatchCheck
{
    /// <summary>A user's members, the operations in JSON, and what the user then is.</summary>
    public static Case Changes(string id, string title, string source, string before, string[] operations, Action<Answer> after) => Must(id, title, source, async t =>
    {
        NeedsExtension(t, before + string.Concat(operations));
        var user = await t.NewUserWith(before);
        after(await t.Patched(user, operations));
    });

    public static Case Changes(string id, string title, string source, string before, string operation, Action<Answer> after) =>
        Changes(id, title, source, before, [operation], after);

    /// <summary>The PATCH is refused, and the user is as before.</summary>
    public static Case Refused(string id, string title, string source, string before, string[] operations, int status, params string[] scimTypes) =>
        Must(id, title, source, t => CheckRefused(t, before, operations, status, scimTypes));

    /// <summary>An operation without a path.</summary>
    public static string WithoutPath(string op, string value) => $"{{\"op\":\"{op}\",\"value\":{value}}}";

    public static async Task CheckRefused(Attempt t, string before, string[] operations, int status, params string[] scimTypes)
    {
        NeedsExtension(t, before + string.Concat(operations));
        var user = await t.NewUserWith(before);
        (await t.Patch(user, operations)).IsError(status, scimTypes);
        (await t.Read(user)).Has("", user.Created.Json);
    }

    private static void NeedsExtension(Attempt t, string json)
    {
        if (json.Contains(Urns.Enterprise, StringComparison.Ordinal))
        {
            t.NeedsAttribute(Urns.Enterprise, "department");
        }
    }
}
