using FluentValidation;

namespace Api.Admin;

internal sealed class NewTenantValidator : AbstractValidator<NewTenant>
{
    public NewTenantValidator() => RuleFor(t => t.Name).IsName().OverridePropertyName("name");
}
