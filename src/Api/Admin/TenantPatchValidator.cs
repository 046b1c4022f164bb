using FluentValidation;

namespace Api.Admin;

internal sealed class TenantPatchValidator : AbstractValidator<TenantPatch>
{
    public TenantPatchValidator() => RuleFor(t => t.Name).IsName().When(t => t.Name is not null).OverridePropertyName("name");
}
