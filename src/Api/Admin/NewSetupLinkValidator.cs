using FluentValidation;
using Grains.Abstractions.Directories;

namespace Api.Admin;

internal sealed class NewSetupLinkValidator : AbstractValidator<NewSetupLink>
{
    /// <summary>For how many days a link is good where it is not said.</summary>
    public const int DefaultDays = 7;

    private const int MaxDays = 30;

    public NewSetupLinkValidator()
    {
        RuleFor(l => l.Label).IsName().When(l => l.Label is not null).OverridePropertyName("label");
        RuleFor(l => l.Days).InclusiveBetween(1, MaxDays).WithMessage($"must be between 1 and {MaxDays}.").OverridePropertyName("days");
        RuleFor(l => l.Ways)
            .Must(w => w is null || (w.Count > 0 && w.All(n => WayOf(n) is not null)))
            .WithMessage($"must name one or more of {string.Join(", ", Enum.GetValues<SetupWay>().Select(Name))}.")
            .OverridePropertyName("ways");
    }

    /// <summary>The name of a way in the admin API.</summary>
    public static string Name(SetupWay way) => way.ToString().ToLowerInvariant();

    /// <summary>The way of that name, or null.</summary>
    public static SetupWay? WayOf(string? name)
    {
        foreach (var way in Enum.GetValues<SetupWay>())
        {
            if (Name(way) == name)
            {
                return way;
            }
        }

        return null;
    }
}
