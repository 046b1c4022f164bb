using FluentValidation;

namespace Api.Admin;

internal sealed class NewAdminKeyValidator : AbstractValidator<NewAdminKey>
{
    public NewAdminKeyValidator() => RuleFor(k => k.Name).IsName().OverridePropertyName("name");
}
