using FluentValidation;

namespace Api.Admin;

internal sealed class NewInvitationValidator : AbstractValidator<NewInvitation>
{
    private const int MaxLength = 200;

    public NewInvitationValidator() =>
        RuleFor(i => i.By).Must(b => b is null || b.Trim().Length <= MaxLength).WithMessage($"may have {MaxLength} characters.").OverridePropertyName("by");
}
