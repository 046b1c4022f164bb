using FluentValidation;
using Grains.Abstractions.Requests;

namespace Api.Admin;

internal sealed class RequestLogEditValidator : AbstractValidator<RequestLogEdit>
{
    private const int MaxMasked = 100;
    private const int MaxPath = 256;
    private const int MaxDays = 3650;

    public RequestLogEditValidator()
    {
        RuleFor(e => e.Bodies)
            .Must(b => b is null || (Enum.TryParse<RequestBodies>(b, ignoreCase: true, out var bodies) && Enum.IsDefined(bodies) && !char.IsAsciiDigit(b[0])))
            .WithMessage("must be none, requests or all.")
            .OverridePropertyName("bodies");
        RuleFor(e => e.Masked)
            .Must(m => m is null || (m.Count <= MaxMasked && m.All(p => p is { Length: <= MaxPath } && p.Trim().Length > 0)))
            .WithMessage($"may name {MaxMasked} attributes, each by a path of 1 to {MaxPath} characters.")
            .OverridePropertyName("masked");
        RuleFor(e => e.RetentionDays)
            .Must(d => d is null or (>= 1 and <= MaxDays))
            .WithMessage($"must be between 1 and {MaxDays}.")
            .OverridePropertyName("retentionDays");
    }
}
