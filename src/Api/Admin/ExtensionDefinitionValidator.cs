using System.Text.Json;
using FluentValidation;

namespace Api.Admin;

internal sealed class ExtensionDefinitionValidator : AbstractValidator<ExtensionDefinition>
{
    public ExtensionDefinitionValidator()
    {
        RuleFor(e => e.ResourceType)
            .Must(type => type is "User" or "Group")
            .WithMessage("must be User or Group.")
            .OverridePropertyName("resourceType");
        RuleFor(e => e.Schema)
            .Must(schema => schema.ValueKind == JsonValueKind.Object)
            .WithMessage("must be a schema by RFC 7643 §7, an object.")
            .OverridePropertyName("schema");
    }
}
