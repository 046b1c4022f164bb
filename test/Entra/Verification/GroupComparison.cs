using System.Text.Json;
using Entra.Model;
using Entra.Requests;

namespace Entra.Verification;

/// <summary>Compares a group as answered with the group as expected.</summary>
internal static class GroupComparison
{
    /// <summary>Returns the first difference, or null.</summary>
    /// <remarks><paramref name="members"/>: The members it must have; null where it was read without them.</remarks>
    public static string? Difference(
        JsonElement answer,
        GroupRecord group,
        IReadOnlyCollection<UserRecord>? members,
        string baseUrl,
        out string? id,
        out string? version)
    {
        if (MetaComparison.Difference(answer, "Group", group.Id, baseUrl, out id, out version) is { } difference)
        {
            return difference;
        }

        var hasSchema = false;
        foreach (var property in answer.EnumerateObject())
        {
            var value = property.Value;
            difference = property.Name switch
            {
                "id" or "meta" => null,
                "schemas" => Schemas(value, out hasSchema),
                "displayName" => value.Is(group.DisplayName) ? null : $"displayName must be \"{group.DisplayName}\"",
                "externalId" => group.ExternalId is { } externalId && value.Is(externalId) ? null : $"externalId must be {group.ExternalId ?? "unset"}",
                "members" when members is null => "members was excluded",
                "members" => null,
                _ when value.ValueKind == JsonValueKind.Null => null,
                _ => $"{property.Name} was not sent",
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        if (!hasSchema || !answer.Has("displayName"u8, out _) || (group.ExternalId is not null && !answer.Has("externalId"u8, out _)))
        {
            return "schemas, displayName and externalId must be there where they were sent";
        }

        return members is null ? null : Members(answer, members, baseUrl);
    }

    private static string? Schemas(JsonElement value, out bool hasSchema)
    {
        hasSchema = false;
        if (value.ValueKind != JsonValueKind.Array)
        {
            return "schemas must be an array";
        }

        foreach (var urn in value.EnumerateArray())
        {
            if (urn.Is(SchemaUrns.Group))
            {
                hasSchema = true;
            }
            else if (!urn.Is(SchemaUrns.MicrosoftGroup))
            {
                return $"schemas must not hold {urn.GetRawText()}";
            }
        }

        return hasSchema ? null : "schemas must hold the core Group schema";
    }

    private static string? Members(JsonElement answer, IReadOnlyCollection<UserRecord> members, string baseUrl)
    {
        HashSet<string> expected = [.. members.Select(member => member.Id!)];
        if (answer.Has("members"u8, out var listed) && listed.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in listed.EnumerateArray())
            {
                var id = member.Has("value"u8, out var value) ? value.Text() : null;
                if (id is null || !expected.Remove(id))
                {
                    return $"members must not hold {id}, or not twice";
                }

                if (member.Has("$ref"u8, out var reference) && !reference.Is($"{baseUrl}/Users/{id}"))
                {
                    return $"$ref of member {id} must be {baseUrl}/Users/{id}";
                }
            }
        }

        return expected.Count == 0 ? null : $"members must hold {expected.First()} ({expected.Count} of {members.Count} missing)";
    }
}
