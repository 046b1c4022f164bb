using Scim.Errors;

namespace Scim.Schemas;

/// <summary>
/// Whether a schema may take another's place while resources have values of it: it may have more attributes, and other words, but what
/// was there must stay what it was.
/// </summary>
public static class SchemaAddition
{
    /// <summary>The first thing that would not stay what it was (409), or null.</summary>
    public static ScimError? Check(Schema before, Schema after) => Check(before.Attributes, after.Attributes, "");

    private static ScimError? Check(IReadOnlyList<AttributeDefinition> before, IReadOnlyList<AttributeDefinition> after, string path)
    {
        foreach (var old in before)
        {
            var name = path + old.Name;
            if (after.FirstOrDefault(a => string.Equals(a.Name, old.Name, StringComparison.Ordinal)) is not { } now)
            {
                return ScimError.Plain(409, $"The attribute '{name}' is missing: resources may have values of it.");
            }

            if (Changed(old, now) is { } characteristic)
            {
                return ScimError.Plain(409, $"The '{characteristic}' of the attribute '{name}' cannot be changed: resources may have values of it.");
            }

            if (Check(old.SubAttributes, now.SubAttributes, name + ".") is { } error)
            {
                return error;
            }
        }

        return after.FirstOrDefault(a => a.Required && before.All(b => !string.Equals(b.Name, a.Name, StringComparison.Ordinal))) is { } added
            ? ScimError.Plain(409, $"The added attribute '{path}{added.Name}' cannot be required: resources are there without it.")
            : null;
    }

    private static string? Changed(AttributeDefinition before, AttributeDefinition after) =>
        before.Type != after.Type ? "type"
        : before.MultiValued != after.MultiValued ? "multiValued"
        : before.CaseExact != after.CaseExact ? "caseExact"
        : before.Mutability != after.Mutability ? "mutability"
        : before.Returned != after.Returned ? "returned"
        : before.Uniqueness != after.Uniqueness ? "uniqueness"
        : !before.Required && after.Required ? "required"
        : null;
}
