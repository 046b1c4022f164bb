using System.Text.Json;
using Entra.Model;
using Entra.Reporting;
using Entra.Requests;
using Entra.Transport;

namespace Entra.Verification;

/// <summary>
/// Checks the answers of one directory, one by one, and enters what is wrong in the log. Each check returns whether all was well.
/// </summary>
internal sealed class AnswerCheck(string directory, string baseUrl, SurpriseLog surprises)
{
    private const string ScimMediaType = "application/scim+json";

    /// <summary>
    /// As many failures as put an Entra job into quarantine: there is no sense in going on, and the job stops.
    /// </summary>
    private const int QuarantineAfter = 5_000;

    private int _failures;

    /// <summary>Stops the job, when the token is refused or too much has failed, as Entra does.</summary>
    /// <exception cref="QuarantineException">The job is to stop.</exception>
    public bool Status(ScimAnswer answer, params ReadOnlySpan<int> expected)
    {
        if (answer.Failure is not null)
        {
            return Failed(answer, $"An answer with {Join(expected)}");
        }

        if (!expected.Contains(answer.Status))
        {
            Failed(answer, $"The status must be {Join(expected)}");
            return answer.Status is 401 or 403
                ? throw new QuarantineException($"The token is refused ({answer.Status}).")
                : false;
        }

        if (answer.Body.Length > 0 && answer.MediaType != ScimMediaType)
        {
            return Failed(answer, $"The media type must be {ScimMediaType}");
        }

        return answer.Status != 204 || answer.Body.Length == 0 || Failed(answer, "204 has no body");
    }

    /// <summary>A SCIM error (RFC 7644 §3.12).</summary>
    public bool Error(ScimAnswer answer, int status, string? scimType = null)
    {
        if (!Status(answer, status))
        {
            return false;
        }

        var json = answer.Json;
        if (json.ValueKind != JsonValueKind.Object
            || !json.Has("schemas"u8, out var schemas)
            || schemas.ValueKind != JsonValueKind.Array
            || !schemas.EnumerateArray().Any(urn => urn.Is(SchemaUrns.Error)))
        {
            return Failed(answer, "The body must be a SCIM error");
        }

        if (!json.Has("status"u8, out var text) || text.ValueKind != JsonValueKind.String || text.Text() != $"{status}")
        {
            return Failed(answer, $"The error's status must be the string \"{status}\"");
        }

        return scimType is null
            || (json.Has("scimType"u8, out var type) && type.Is(scimType))
            || Failed(answer, $"scimType must be {scimType}");
    }

    /// <summary>The user, whole. Its id, when it had none yet, and its version are entered in the record.</summary>
    public bool User(ScimAnswer answer, UserRecord user)
    {
        if (UserComparison.Difference(answer.Json, user, groups: null, baseUrl, out var id, out var version) is { } difference)
        {
            return Failed(answer, $"{Capital(difference)} ({user})");
        }

        user.Id ??= id;
        user.Version = version;
        return Tag(answer, version);
    }

    /// <summary>The group, read without its members. Its id is entered in the record when it had none yet.</summary>
    public bool GroupHead(ScimAnswer answer, GroupRecord group, out string? version)
    {
        if (GroupComparison.Difference(answer.Json, group, members: null, baseUrl, out var id, out version) is { } difference)
        {
            return Failed(answer, $"{Capital(difference)} ({group})");
        }

        group.Id ??= id;
        return Tag(answer, version);
    }

    /// <summary>The group as a create or a PATCH answers it, where members may stand or not.</summary>
    public bool Group(ScimAnswer answer, GroupRecord group)
    {
        var json = answer.Json;
        var withMembers = json.ValueKind == JsonValueKind.Object && json.Has("members"u8, out _);
        var members = withMembers ? group.MembersInOrder() : null;
        if (GroupComparison.Difference(json, group, members, baseUrl, out var id, out var version) is { } difference)
        {
            return Failed(answer, $"{Capital(difference)} ({group})");
        }

        group.Id ??= id;
        return Tag(answer, version);
    }

    /// <summary>A list with so many results in all.</summary>
    public bool List(ScimAnswer answer, int total, out ListPage page)
    {
        page = default;
        return Status(answer, 200)
            && ((ListPage.Read(answer.Json, out page) ?? page.DifferenceInTotal(total)) is not { } difference
                || Failed(answer, Capital(difference)));
    }

    /// <summary>A list of resources of which nothing but the id was asked for: none, or this one.</summary>
    public bool Reference(ScimAnswer answer, string? expectedId)
    {
        if (!List(answer, expectedId is null ? 0 : 1, out var page))
        {
            return false;
        }

        foreach (var resource in page.Resources)
        {
            if (!resource.Has("id"u8, out var id) || !id.Is(expectedId))
            {
                return Failed(answer, $"The one result must be {expectedId}");
            }

            foreach (var property in resource.EnumerateObject())
            {
                if (property.Name is not ("id" or "schemas"))
                {
                    return Failed(answer, $"Only id was asked for, not {property.Name}");
                }
            }
        }

        return true;
    }

    /// <summary>That <c>meta.version</c> changed if, and only if, something else did.</summary>
    public bool VersionStep(ScimAnswer answer, string? before, string? after, bool changed, object resource)
    {
        if (before is null || after is null || (before != after) == changed)
        {
            return true;
        }

        return Failed(answer, changed
            ? $"meta.version must change with the values, and is still {before} ({resource})"
            : $"meta.version must stay {before}, for nothing changed ({resource})");
    }

    /// <summary>Enters a surprise about the answer; always false, so that a check can end in it.</summary>
    /// <exception cref="QuarantineException">There have been too many.</exception>
    public bool Failed(ScimAnswer answer, string expectation)
    {
        surprises.Add(directory, answer, expectation);
        return Interlocked.Increment(ref _failures) < QuarantineAfter
            ? false
            : throw new QuarantineException($"{QuarantineAfter} answers were not as expected; the job stops.");
    }

    /// <summary>An <c>ETag</c> header, where there is one, must be the resource's version.</summary>
    private bool Tag(ScimAnswer answer, string? version)
        => answer.ETag is null || answer.ETag == version || Failed(answer, $"ETag must be meta.version, {version}");

    private static string Join(ReadOnlySpan<int> statuses) => string.Join(" or ", statuses.ToArray());

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
