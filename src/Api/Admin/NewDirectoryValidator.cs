using FluentValidation;
using Grains.Abstractions.Directories;
using Scim.Schemas;

namespace Api.Admin;

internal sealed class NewDirectoryValidator : AbstractValidator<NewDirectory>
{
    public NewDirectoryValidator(IValidator<Limits> limits)
    {
        RuleFor(d => d.Name).IsName().OverridePropertyName("name");
        RuleFor(d => d.Id)
            .Matches("^(?=.{3,40}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z")
            .When(d => d.Id is not null)
            .WithMessage("must have 3 to 40 characters of a-z, 0-9 and -, begin and end with a letter or digit, and have no two hyphens in a row.")
            .OverridePropertyName("id");
        RuleFor(d => d.Dialect).IsDialect().OverridePropertyName("dialect");
        RuleFor(d => d.Limits!).SetValidator(limits).When(d => d.Limits is not null).OverridePropertyName("limits");

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
