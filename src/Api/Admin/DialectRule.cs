using FluentValidation;
using Grains.Abstractions.Directories;

namespace Api.Admin;

internal static class DialectRule
{
    public static IRuleBuilderOptions<T, string?> IsDialect<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(d => d is null || (Enum.TryParse<DirectoryDialect>(d, ignoreCase: true, out var dialect) && Enum.IsDefined(dialect) && !char.IsAsciiDigit(d[0])))
            .WithMessage("must be entra, okta or strict.");
}
