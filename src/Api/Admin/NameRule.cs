using FluentValidation;

namespace Api.Admin;

internal static class NameRule
{
    private const int MaxNameLength = 200;

    public static IRuleBuilderOptions<T, string?> IsName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(n => n is not null && n.Trim().Length is > 0 and <= MaxNameLength)
            .WithMessage($"must be text of 1 to {MaxNameLength} characters.");
}
