using FluentValidation;

namespace Api.Admin;

internal sealed class NewClientSecretValidator : AbstractValidator<NewClientSecret>
{
    /// <summary>For how many years a secret is good where it is not said.</summary>
    public const int DefaultYears = 1;

    private const int MaxYears = 3;

    public NewClientSecretValidator() =>
        RuleFor(s => s.Years)
            .InclusiveBetween(DefaultYears, MaxYears)
            .WithMessage($"must be between {DefaultYears} and {MaxYears}.")
            .OverridePropertyName("years");
}
