using FluentValidation;

namespace Api.Admin;

internal sealed class NewRotationValidator : AbstractValidator<NewRotation>
{
    public NewRotationValidator(TimeProvider time)
    {
        RuleFor(r => r.Name).IsName().When(r => r.Name is not null).OverridePropertyName("name");
        RuleFor(r => r.Expires)
            .Must(e => e is null || e > time.GetUtcNow())
            .WithMessage("must be in the future.")
            .OverridePropertyName("expires");
    }
}
