using FluentValidation;
using Grains.Abstractions.Directories;

namespace Api.Admin;

internal sealed class NewClientValidator : AbstractValidator<NewClient>
{
    public NewClientValidator()
    {
        RuleFor(c => c.Name).IsName().OverridePropertyName("name");
        RuleFor(c => c.AccessTokenSeconds)
            .InclusiveBetween(CreateClient.DefaultTokenSeconds, CreateClient.MaxTokenSeconds)
            .WithMessage($"must be between {CreateClient.DefaultTokenSeconds} and {CreateClient.MaxTokenSeconds}.")
            .OverridePropertyName("accessTokenSeconds");
    }
}
