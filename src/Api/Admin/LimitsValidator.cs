using Api.Hosting;
using FluentValidation;

namespace Api.Admin;

internal sealed class LimitsValidator : AbstractValidator<Limits>
{
    /// <summary>Below this, no resource of a usual size could be made.</summary>
    private const int MinRequestBytes = 1024;

    public LimitsValidator(MusterSettings settings)
    {
        RuleFor(l => l.RequestsPerSecond).GreaterThanOrEqualTo(0).WithMessage("must be 0 (no limit) or more.").OverridePropertyName("requestsPerSecond");
        RuleFor(l => l.MaxRequestBytes)
            .InclusiveBetween(MinRequestBytes, settings.RequestBytes)
            .WithMessage($"must be between {MinRequestBytes} and {settings.RequestBytes}.")
            .OverridePropertyName("maxRequestBytes");
        RuleFor(l => l.MaxUsers).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more.").OverridePropertyName("maxUsers");
        RuleFor(l => l.MaxGroups).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more.").OverridePropertyName("maxGroups");
    }
}
