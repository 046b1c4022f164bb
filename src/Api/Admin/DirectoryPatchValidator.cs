using FluentValidation;

namespace Api.Admin;

internal sealed class DirectoryPatchValidator : AbstractValidator<DirectoryPatch>
{
    public DirectoryPatchValidator(IValidator<Limits> limits)
    {
        RuleFor(d => d.Name).IsName().When(d => d.Name is not null).OverridePropertyName("name");
        RuleFor(d => d.Dialect).IsDialect().OverridePropertyName("dialect");
        RuleFor(d => d.Limits!).SetValidator(limits).When(d => d.Limits is not null).OverridePropertyName("limits");
    }
}
