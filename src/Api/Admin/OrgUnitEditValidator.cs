using FluentValidation;

namespace Api.Admin;

internal sealed class OrgUnitEditValidator : AbstractValidator<OrgUnitEdit>
{
    private const int MaxDisplayName = 200;
    private const int MaxDescription = 2000;
    private const int MaxAttributes = 50;
    private const int MaxName = 64;
    private const int MaxValue = 1000;

    public OrgUnitEditValidator()
    {
        RuleFor(e => e.DisplayName).Must(t => t is null || t.Trim().Length is > 0 and <= MaxDisplayName).WithMessage($"must be text of 1 to {MaxDisplayName} characters, or not be there.").OverridePropertyName("displayName");
        RuleFor(e => e.Description).Must(t => t is null or { Length: <= MaxDescription }).WithMessage($"may have {MaxDescription} characters.").OverridePropertyName("description");
        RuleFor(e => e.Attributes)
            .Must(a => a is null || (a.Count <= MaxAttributes && a.All(m => m.Key.Length is > 0 and <= MaxName && m.Value is { Length: <= MaxValue })))
            .WithMessage($"may have {MaxAttributes} members, with names of 1 to {MaxName} characters and texts of {MaxValue} at most.")
            .OverridePropertyName("attributes");
    }
}
