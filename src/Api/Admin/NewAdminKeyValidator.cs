using FluentValidation;

namespace Api.Admin;

internal sealed class NewAdminKeyValidator : AbstractValidator<NewAdminKey>
{
    public NewAdminKeyValidator(TimeProvider time)
    {
        RuleFor(k => k.Name).IsName().OverridePropertyName("name");
        RuleFor(k => k.Expires)
            .Must(e => e is null || e > time.GetUtcNow())
            .WithMessage("must be in the future.")
            .OverridePropertyName("expires");
    }
}
