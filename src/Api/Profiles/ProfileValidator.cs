using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using Grains.Abstractions.Directories;
using Scim.Errors;
using Scim.Filters;
using Scim.Schemas;

namespace Api.Profiles;

/// <summary>Finds everything that is wrong with a profile.</summary>
internal sealed partial class ProfileValidator : AbstractValidator<Profile>
{
    /// <summary>The most attributes that a profile names.</summary>
    public const int MaxAttributes = 100;

    /// <summary>The most kinds of org units.</summary>
    public const int MaxOrgUnits = 8;

    private const int MaxPaths = 4;
    private const int MaxText = 2000;
    private const int MaxRetentionDays = 3650;

    public ProfileValidator()
    {
        RuleFor(p => p.Name).Must(n => NamePattern.IsMatch(n)).WithMessage("must have 1 to 64 characters of a-z, 0-9 and -, and begin and end with a letter or digit.").OverridePropertyName("name");
        RuleFor(p => p.Title).Must(t => t is null or { Length: <= MaxText }).WithMessage($"may have {MaxText} characters.").OverridePropertyName("title");
        RuleFor(p => p.Description).Must(t => t is null or { Length: <= MaxText }).WithMessage($"may have {MaxText} characters.").OverridePropertyName("description");
        RuleFor(p => p.Dialect).Must(d => d is null or "entra" or "okta" or "strict").WithMessage("must be entra, okta or strict.").OverridePropertyName("dialect");
        RuleFor(p => p.TenantUrl).Custom((address, context) =>
        {
            if (address is { Form: not ("shared" or "path" or "host") })
            {
                context.AddFailure("tenantUrl.form", "must be shared, path or host.");
            }

            if (address?.Prefix is { } prefix && (address.Form != "host" || !PrefixPattern.IsMatch(prefix)))
            {
                context.AddFailure("tenantUrl.prefix", "goes with the form host, and must have 1 to 64 characters of a-z, 0-9, - and /, without slashes at its ends.");
            }
        });
        RuleFor(p => p.Archive).Must(a => a?.RetentionDays is null or (>= 1 and <= MaxRetentionDays)).WithMessage($"retentionDays must be between 1 and {MaxRetentionDays}.").OverridePropertyName("archive");
        RuleFor(p => p).Custom((profile, context) => CheckSchemas(profile, context.AddFailure));
    }

    [GeneratedRegex("^(?=.{1,64}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex("^(?=.{1,64}\\z)[a-z0-9-]+(/[a-z0-9-]+)*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrefixPattern { get; }

    [GeneratedRegex("^(?=.{1,32}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KindPattern { get; }

    private static void CheckSchemas(Profile profile, Action<string, string> fault)
    {
        var set = SchemaSet.Standard;
        for (var i = 0; i < profile.Extensions.Count; i++)
        {
            var extension = profile.Extensions[i];
            if (extension.ResourceType is not ("User" or "Group"))
            {
                fault($"extensions[{i}].resourceType", "must be User or Group.");
            }
            else if (extension.Schema.ValueKind != JsonValueKind.Object)
            {
                fault($"extensions[{i}].schema", "must be a schema by RFC 7643 §7, an object.");
            }
            else if (Extended(set, extension).TryGet(out var extended, out var error))
            {
                set = extended;
            }
            else
            {
                fault($"extensions[{i}].schema", error.Detail);
            }
        }

        if (profile.CustomAttributes is { } urn && set.User.FindExtension(urn) is null)
        {
            fault("customAttributes", "must be the URN of one of the profile's extensions of users.");
        }

        CheckAttributes(profile, set, fault);
        if (profile.GroupIndexes is { } indexes)
        {
            foreach (var message in DirectoryIndexes.Faults(indexes, set.Group))
            {
                fault("groupIndexes", message);
            }
        }

        CheckOrgUnits(profile, set, fault);
    }

    private static Result<SchemaSet> Extended(SchemaSet set, Admin.ExtensionDefinition extension) =>
        SchemaReader.Read(JsonSerializer.SerializeToUtf8Bytes(extension.Schema)).TryGet(out var schema, out var error)
            ? set.Extend(extension.ResourceType!, schema, extension.Required)
            : error;

    private static void CheckAttributes(Profile profile, SchemaSet set, Action<string, string> fault)
    {
        if (profile.Attributes.Count > MaxAttributes)
        {
            fault("attributes", $"may have {MaxAttributes} elements.");
            return;
        }

        for (var i = 0; i < profile.Attributes.Count; i++)
        {
            var attribute = profile.Attributes[i];
            if (attribute.Format is not (null or "email"))
            {
                fault($"attributes[{i}].format", "must be email, or not be there.");
            }
            else if (!ValueDemand.Parse(attribute.Path, set.User, attribute.Required, attribute.Format is null ? ValueFormat.None : ValueFormat.Email).TryGet(out _, out var error))
            {
                fault($"attributes[{i}].path", error.Detail);
            }
        }

        var filterable = profile.Attributes.Where(a => a.Filterable).Select(a => a.Path).ToList();
        foreach (var message in DirectoryIndexes.Faults(filterable, set.User))
        {
            fault("attributes", $"filterable: {message}");
        }
    }

    private static void CheckOrgUnits(Profile profile, SchemaSet set, Action<string, string> fault)
    {
        if (profile.OrgUnits.Count > MaxOrgUnits)
        {
            fault("orgUnits", $"may have {MaxOrgUnits} elements.");
        }

        for (var i = 0; i < profile.OrgUnits.Count; i++)
        {
            var unit = profile.OrgUnits[i];
            if (!KindPattern.IsMatch(unit.Kind))
            {
                fault($"orgUnits[{i}].kind", "must have 1 to 32 characters of a-z, 0-9 and -, and begin and end with a letter or digit.");
            }
            else if (profile.OrgUnits.Take(i).Any(u => u.Kind == unit.Kind))
            {
                fault($"orgUnits[{i}].kind", $"'{unit.Kind}' is there twice.");
            }

            if (unit.Paths.Count is 0 or > MaxPaths)
            {
                fault($"orgUnits[{i}].paths", $"must have 1 to {MaxPaths} elements.");
            }

            foreach (var path in unit.Paths)
            {
                if (!IndexedAttribute.Parse(path, set.User).TryGet(out var attribute, out var error))
                {
                    fault($"orgUnits[{i}].paths", error.Detail.Replace("cannot be indexed", "cannot name a unit", StringComparison.Ordinal));
                }
                else if (!attribute.IsStored)
                {
                    fault($"orgUnits[{i}].paths", $"'{path}' is not kept among the attributes of a user.");
                }
            }
        }
    }
}
