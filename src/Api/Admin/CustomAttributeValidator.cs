using System.Text.RegularExpressions;
using FluentValidation;

namespace Api.Admin;

internal sealed partial class CustomAttributeValidator : AbstractValidator<CustomAttribute>
{
    private static readonly string[] Types = ["string", "boolean", "integer", "decimal", "dateTime", "reference"];

    public CustomAttributeValidator()
    {
        RuleFor(a => a.Name).Must(n => n is not null && NamePattern.IsMatch(n)).WithMessage("must be a letter, then letters, digits, '-' and '_', 64 characters at most.").OverridePropertyName("name");
        RuleFor(a => a.Type).Must(t => Types.Contains(t)).WithMessage($"must be one of {string.Join(", ", Types)}.").OverridePropertyName("type");
        RuleFor(a => a.Description).Must(d => d is null or { Length: <= 1000 }).WithMessage("may have 1000 characters.").OverridePropertyName("description");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern { get; }
}
