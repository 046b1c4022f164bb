using FluentValidation;
using Grains.Abstractions.Directories;
using Scim.Schemas;

namespace Api.Admin;

internal sealed class NewDirectoryValidator : AbstractValidator<NewDirectory>
{
    public NewDirectoryValidator()
    {
        RuleFor(d => d.Name).IsName().OverridePropertyName("name");
        RuleFor(d => d.Id)
            .Matches("^(?=.{3,40}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z")
            .When(d => d.Id is not null)
            .WithMessage("must have 3 to 40 characters of a-z, 0-9 and -, begin and end with a letter or digit, and have no two hyphens in a row.")
            .OverridePropertyName("id");
        RuleFor(d => d.Dialect)
            .Must(d => d is null || Enum.TryParse<DirectoryDialect>(d, ignoreCase: true, out var dialect) && Enum.IsDefined(dialect) && !char.IsAsciiDigit(d[0]))
            .WithMessage("must be entra, okta or strict.")
            .OverridePropertyName("dialect");

        // A new directory has no extensions yet.
        RuleFor(d => d.UserIndexes).Custom((paths, context) => AddFaults(context, "userIndexes", paths, SchemaSet.Standard.User));
        RuleFor(d => d.GroupIndexes).Custom((paths, context) => AddFaults(context, "groupIndexes", paths, SchemaSet.Standard.Group));
    }

    private static void AddFaults(ValidationContext<NewDirectory> context, string name, IReadOnlyList<string?>? paths, ResourceType type)
    {
        foreach (var fault in paths is null ? [] : DirectoryIndexes.Faults(paths, type))
        {
            context.AddFailure(name, fault);
        }
    }
}
