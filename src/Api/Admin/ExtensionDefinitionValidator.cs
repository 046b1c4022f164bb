using System.Text.Json;
using FluentValidation;
using Scim.Schemas;

namespace Api.Admin;

internal sealed class ExtensionDefinitionValidator : AbstractValidator<ExtensionDefinition>
{
    public ExtensionDefinitionValidator()
    {
        RuleFor(e => e.ResourceType)
            .Must(type => type is { Length: > 0 and <= ResourceTypeRules.MaxNameLength })
            .WithMessage("must be User, Group or one of the directory's own resource types.")
            .OverridePropertyName("resourceType");
        RuleFor(e => e.Schema)
            .Must(schema => schema.ValueKind == JsonValueKind.Object)
            .WithMessage("must be a schema by RFC 7643 §7, an object.")
            .OverridePropertyName("schema");
    }
}
