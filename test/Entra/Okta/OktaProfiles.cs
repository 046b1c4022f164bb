using Entra.Model;
using Entra.People;
using Entra.Randomness;

namespace Entra.Okta;

/// <summary>Okta's people: of what a <see cref="Workforce"/> invents, the attributes that Okta's mapping sends to an application.</summary>
internal sealed class OktaProfiles(Workforce workforce, SeededRandom random)
{
    private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 17;

    private static readonly UserAttribute[] s_mapped =
    [
        UserAttribute.ExternalId, UserAttribute.UserName, UserAttribute.DisplayName, UserAttribute.Title, UserAttribute.Locale,
        UserAttribute.GivenName, UserAttribute.FamilyName, UserAttribute.WorkEmail, UserAttribute.HomeEmail, UserAttribute.MobilePhone,
    ];

    /// <summary>Someone new, active, with an id of Okta's.</summary>
    public UserValues Hire()
    {
        var values = Map(workforce.Hire());
        values[UserAttribute.ExternalId] = "00u" + string.Create(IdLength, random, static (letters, random) =>
        {
            foreach (ref var letter in letters)
            {
                letter = IdLetters[random.Below(IdLetters.Length)];
            }
        });
        return values;
    }

    public UserValues Rename(UserValues person) => Map(workforce.Rename(person));

    public UserValues Move(UserValues person) => Map(workforce.Move(person));

    /// <summary>An optional value taken away.</summary>
    public UserValues Clear(UserValues person)
    {
        var values = person.Clone();
        values[random.Chance(0.5) ? UserAttribute.Title : UserAttribute.MobilePhone] = null;
        return values;
    }

    public string NameGroup() => workforce.NameGroup();

    private static UserValues Map(UserValues person)
    {
        var mapped = new UserValues { Active = person.Active };
        foreach (var attribute in s_mapped)
        {
            mapped[attribute] = person[attribute];
        }

        // A person who stays has a locale already; a new one's is the language of the place.
        mapped[UserAttribute.Locale] = person[UserAttribute.PreferredLanguage] ?? person[UserAttribute.Locale] ?? "en-US";
        return mapped;
    }
}
