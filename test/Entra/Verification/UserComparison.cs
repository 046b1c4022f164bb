using System.Text.Json;
using Entra.Model;
using Entra.Requests;

namespace Entra.Verification;

/// <summary>
/// Compares a user as answered with the user as expected: every value, and nothing besides. Strings are compared in the answer's
/// own bytes, so that checking costs the machine less than answering did.
/// </summary>
internal ref struct UserComparison
{
    private readonly UserRecord _user;
    private readonly string _baseUrl;
    private int _found;

    private UserComparison(UserRecord user, string baseUrl)
    {
        _user = user;
        _baseUrl = baseUrl;
    }

    /// <summary>Returns the first difference, or null.</summary>
    /// <remarks><paramref name="groups"/>: The groups it must be a member of; null where they are not compared.</remarks>
    public static string? Difference(
        JsonElement answer,
        UserRecord user,
        IReadOnlyCollection<GroupRecord>? groups,
        string baseUrl,
        out string? id,
        out string? version)
        => MetaComparison.Difference(answer, "User", user.Id, baseUrl, out id, out version)
            ?? new UserComparison(user, baseUrl).Attributes(answer)
            ?? (groups is null ? null : Groups(answer, groups));

    private string? Attributes(JsonElement answer)
    {
        bool? active = null;
        var managerSeen = false;
        var hasSchemas = false;
        foreach (var property in answer.EnumerateObject())
        {
            var value = property.Value;
            var difference = property.Name switch
            {
                "id" or "meta" or "groups" => null,
                "schemas" => Schemas(value, out hasSchemas),
                "externalId" => Same(UserAttribute.ExternalId, value),
                "userName" => Same(UserAttribute.UserName, value),
                "displayName" => Same(UserAttribute.DisplayName, value),
                "title" => Same(UserAttribute.Title, value),
                "preferredLanguage" => Same(UserAttribute.PreferredLanguage, value),
                "locale" => Same(UserAttribute.Locale, value),
                "timezone" => Same(UserAttribute.Timezone, value),
                "password" => "password must never be returned",
                "active" => Boolean(value, out active),
                "name" => Name(value),
                "emails" => Emails(value),
                "phoneNumbers" => PhoneNumbers(value),
                "addresses" => Addresses(value),
                SchemaUrns.EnterpriseUser => Enterprise(value, out managerSeen),
                _ => IsEmpty(value) ? null : $"{property.Name} was not sent",
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        if (!hasSchemas)
        {
            return "schemas must be there";
        }

        if (active != _user.Values.Active)
        {
            return $"active must be {(_user.Values.Active ? "true" : "false")}";
        }

        if (_user.Manager is { } manager && !managerSeen)
        {
            return $"manager must be {manager.Id}";
        }

        return Missing();
    }

    /// <summary>Records that the attribute is there, and says how it differs.</summary>
    private string? Same(UserAttribute attribute, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var bit = 1 << (int)attribute;
        if ((_found & bit) != 0)
        {
            return $"{UserAttributePaths.PathOf(attribute)} is there twice";
        }

        _found |= bit;
        var expected = _user.Values[attribute];
        if (expected is null)
        {
            return $"{UserAttributePaths.PathOf(attribute)} must be unset";
        }

        return value.ValueKind == JsonValueKind.String && value.Is(expected)
            ? null
            : $"{UserAttributePaths.PathOf(attribute)} must be \"{expected}\"";
    }

    private readonly string? Missing()
    {
        for (var i = 0; i < UserAttributePaths.Count; i++)
        {
            if ((_found & (1 << i)) == 0 && _user.Values[(UserAttribute)i] is { } expected)
            {
                return $"{UserAttributePaths.PathOf((UserAttribute)i)} must be \"{expected}\", and is not there";
            }
        }

        return null;
    }

    private readonly string? Schemas(JsonElement value, out bool hasSchemas)
    {
        hasSchemas = value.ValueKind == JsonValueKind.Array;
        if (!hasSchemas)
        {
            return "schemas must be an array";
        }

        var core = false;
        var enterprise = false;
        foreach (var urn in value.EnumerateArray())
        {
            if (urn.Is(SchemaUrns.User))
            {
                core = true;
            }
            else if (urn.Is(SchemaUrns.EnterpriseUser))
            {
                enterprise = true;
            }
            else if (!_user.SentMisspeltSchema || !urn.Is(SchemaUrns.MisspeltEnterpriseUser))
            {
                return $"schemas must not hold {urn.GetRawText()}";
            }
        }

        if (!core)
        {
            return "schemas must hold the core User schema";
        }

        return !enterprise && (_user.Values.HasEnterpriseValues || _user.Manager is not null)
            ? "schemas must hold the enterprise extension, which has values"
            : null;
    }

    private static string? Boolean(JsonElement value, out bool? active)
    {
        active = value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
        return active is null ? "active must be a JSON boolean" : null;
    }

    private string? Name(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return "name must be an object";
        }

        foreach (var part in value.EnumerateObject())
        {
            var difference = part.Name switch
            {
                "givenName" => Same(UserAttribute.GivenName, part.Value),
                "familyName" => Same(UserAttribute.FamilyName, part.Value),
                "formatted" => Same(UserAttribute.FormattedName, part.Value),
                _ => IsEmpty(part.Value) ? null : $"name.{part.Name} was not sent",
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private string? Emails(JsonElement value)
    {
        foreach (var email in value.Elements())
        {
            var work = HasType(email, "work"u8);
            if (!work && !HasType(email, "home"u8))
            {
                return $"emails must not hold {email.GetRawText()}";
            }

            if (work && !_user.CreatedByHand && !(email.Has("primary"u8, out var primary) && primary.ValueKind == JsonValueKind.True))
            {
                return "emails[type eq \"work\"].primary must be true";
            }

            if (ElementValue(email, work ? UserAttribute.WorkEmail : UserAttribute.HomeEmail) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private string? PhoneNumbers(JsonElement value)
    {
        foreach (var number in value.Elements())
        {
            var work = HasType(number, "work"u8);
            if (!work && !HasType(number, "mobile"u8))
            {
                return $"phoneNumbers must not hold {number.GetRawText()}";
            }

            if (ElementValue(number, work ? UserAttribute.WorkPhone : UserAttribute.MobilePhone) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private string? Addresses(JsonElement value)
    {
        foreach (var address in value.Elements())
        {
            if (!HasType(address, "work"u8))
            {
                return $"addresses must not hold {address.GetRawText()}";
            }

            foreach (var part in address.EnumerateObject())
            {
                var difference = part.Name switch
                {
                    "type" => null,
                    "formatted" => Same(UserAttribute.FormattedAddress, part.Value),
                    "streetAddress" => Same(UserAttribute.StreetAddress, part.Value),
                    "locality" => Same(UserAttribute.Locality, part.Value),
                    "region" => Same(UserAttribute.Region, part.Value),
                    "postalCode" => Same(UserAttribute.PostalCode, part.Value),
                    "country" => Same(UserAttribute.Country, part.Value),
                    "primary" when part.Value.ValueKind == JsonValueKind.False => null,
                    _ => IsEmpty(part.Value) ? null : $"addresses[type eq \"work\"].{part.Name} was not sent",
                };
                if (difference is not null)
                {
                    return difference;
                }
            }
        }

        return null;
    }

    private string? Enterprise(JsonElement value, out bool managerSeen)
    {
        managerSeen = false;
        if (value.ValueKind != JsonValueKind.Object)
        {
            return "the enterprise extension must be an object";
        }

        foreach (var property in value.EnumerateObject())
        {
            var difference = property.Name switch
            {
                "department" => Same(UserAttribute.Department, property.Value),
                "employeeNumber" => Same(UserAttribute.EmployeeNumber, property.Value),
                "costCenter" => Same(UserAttribute.CostCenter, property.Value),
                "manager" => Manager(property.Value, out managerSeen),
                _ => IsEmpty(property.Value) ? null : $"{SchemaUrns.EnterpriseUser}:{property.Name} was not sent",
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private readonly string? Manager(JsonElement value, out bool seen)
    {
        seen = false;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (_user.Manager is not { } manager)
        {
            return "manager must be unset";
        }

        if (value.ValueKind != JsonValueKind.Object || !value.Has("value"u8, out var id) || !id.Is(manager.Id))
        {
            return $"manager.value must be {manager.Id}";
        }

        seen = true;
        return value.Has("$ref"u8, out var reference) && !reference.Is($"{_baseUrl}/Users/{manager.Id}")
            ? $"manager.$ref must be {_baseUrl}/Users/{manager.Id}"
            : null;
    }

    private string? ElementValue(JsonElement element, UserAttribute attribute)
        => element.Has("value"u8, out var value) ? Same(attribute, value) : null;

    private static string? Groups(JsonElement answer, IReadOnlyCollection<GroupRecord> groups)
    {
        HashSet<string> expected = [.. groups.Select(group => group.Id!)];
        if (answer.Has("groups"u8, out var listed))
        {
            foreach (var group in listed.Elements())
            {
                var id = group.Has("value"u8, out var value) ? value.Text() : null;
                if (id is null || !expected.Remove(id))
                {
                    return $"groups must not hold {id}";
                }
            }
        }

        return expected.Count == 0 ? null : $"groups must hold {expected.First()} ({expected.Count} missing)";
    }

    private static bool HasType(JsonElement element, ReadOnlySpan<byte> type)
        => element.ValueKind == JsonValueKind.Object && element.Has("type"u8, out var value) && value.Is(type);

    /// <summary>Unset and empty are the same (RFC 7643 §2.5).</summary>
    private static bool IsEmpty(JsonElement value)
        => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
