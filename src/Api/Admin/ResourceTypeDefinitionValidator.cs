using System.Text.Json;
using FluentValidation;

namespace Api.Admin;

internal sealed class ResourceTypeDefinitionValidator : AbstractValidator<ResourceTypeDefinition>
{
    public ResourceTypeDefinitionValidator()
    {
        RuleFor(t => t.Endpoint)
            .Must(endpoint => endpoint is { Length: > 0 })
            .WithMessage("must be an address below the base, such as /Devices.")
            .OverridePropertyName("endpoint");
        RuleFor(t => t.Schema)
            .Must(schema => schema.ValueKind == JsonValueKind.Object)
            .WithMessage("must be a schema by RFC 7643 §7, an object.")
            .OverridePropertyName("schema");
    }
}
