using Entra.Model;
using Entra.Options;
using Entra.Randomness;

namespace Entra.People;

/// <summary>
/// Invents the people of one customer, and what happens to them. The same seed invents the same; no userName is given twice,
/// and no group name.
/// </summary>
internal sealed class Workforce(SeededRandom random, AttributeMapping mapping)
{
    private static readonly PersonName[] s_givenNames = [.. NameList.Read("given-names").Select(PersonName.Parse)];
    private static readonly PersonName[] s_familyNames = [.. NameList.Read("family-names").Select(PersonName.Parse)];
    private static readonly string[] s_departments = NameList.Read("departments");
    private static readonly string[] s_titles = NameList.Read("titles");
    private static readonly Place[] s_places = [.. NameList.Read("places").Select(Place.Parse)];

    private static readonly UserAttribute[] s_optional =
    [
        UserAttribute.Title, UserAttribute.PreferredLanguage, UserAttribute.Department, UserAttribute.CostCenter, UserAttribute.MobilePhone,
    ];

    private static readonly string[] s_domains =
        ["contoso.com", "fabrikam.com", "northwind.example", "adatum.onmicrosoft.com", "emea.wingtip.example"];

    private static readonly string[] s_groupKinds =
    [
        "All {0}", "{0}", "SG-{0}-Read", "{0} (Contributors)", "App: {0}", "{0} – Leads", "VPN {0}", "\"{0}\" Project",
        "DL {0} & Friends", "{0}/Owners",
    ];

    private readonly string _domain = random.Pick(s_domains);
    private readonly UserAttribute[] _optional = Array.FindAll(s_optional, mapping.Sends);
    private readonly HashSet<string> _takenNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _takenGroupNames = new(StringComparer.OrdinalIgnoreCase);
    private int _employees = random.Between(1_000, 90_000);

    /// <summary>Someone new, active.</summary>
    public UserValues Hire()
    {
        var values = new UserValues { [UserAttribute.ExternalId] = random.NextGuid() };
        Name(values);
        Settle(values);
        values[UserAttribute.EmployeeNumber] = (++_employees).ToString("D6", null);
        values[UserAttribute.Title] = random.Chance(0.9) ? random.Pick(s_titles) : null;
        return mapping.Of(values);
    }

    /// <summary>The same person, hired again: another object in Entra, with the same name.</summary>
    public UserValues Rehire(UserValues leaver)
    {
        var values = leaver.Clone();
        values.Active = true;
        values[UserAttribute.ExternalId] = random.NextGuid();
        values[UserAttribute.HomeEmail] = null;
        values[UserAttribute.EmployeeNumber] = (++_employees).ToString("D6", null);
        return mapping.Of(values);
    }

    /// <summary>Marriage, or a spelling put right: the family name, and with it login, display name and address.</summary>
    public UserValues Rename(UserValues person)
    {
        var values = person.Clone();
        Name(values);
        if (person[UserAttribute.FormattedName] is null)
        {
            values[UserAttribute.FormattedName] = null;
        }

        return mapping.Of(values);
    }

    /// <summary>Another office or department, and what goes with it.</summary>
    public UserValues Move(UserValues person)
    {
        var values = person.Clone();
        if (random.Chance(0.7))
        {
            Settle(values);
        }

        values[UserAttribute.Department] = random.Pick(s_departments);
        values[UserAttribute.Title] = random.Pick(s_titles);
        return mapping.Of(values);
    }

    /// <summary>One or two optional values taken away.</summary>
    public UserValues Clear(UserValues person)
    {
        var values = person.Clone();
        values[random.Pick(_optional)] = null;
        values[random.Pick(_optional)] = null;
        return mapping.Of(values);
    }

    public string NameGroup()
    {
        while (true)
        {
            var subject = random.Pick(s_departments);
            if (random.Chance(0.4))
            {
                subject = $"{subject} {random.Pick(s_places).Locality}";
            }


            // Quotation marks are escaped in a filter; some names have them so that this is played too.
            var name = string.Format(null, random.Pick(s_groupKinds), subject);
            if (_takenGroupNames.Add(name))
            {
                return name;
            }
        }
    }

    private void Name(UserValues values)
    {
        var given = random.Pick(s_givenNames);
        var family = random.Pick(s_familyNames);
        var userName = FreeUserName(given, family);
        values[UserAttribute.GivenName] = given.Written;
        values[UserAttribute.FamilyName] = family.Written;
        values[UserAttribute.FormattedName] = random.Chance(0.7) ? $"{given.Written} {family.Written}" : null;
        values[UserAttribute.DisplayName] = random.Chance(0.8) ? $"{given.Written} {family.Written}" : $"{family.Written}, {given.Written}";
        values[UserAttribute.UserName] = userName;

        // The address is often the login, and often not quite.
        values[UserAttribute.WorkEmail] = random.Chance(0.6) ? userName : userName.Replace("@", "@mail.", StringComparison.Ordinal);
    }

    private string FreeUserName(PersonName given, PersonName family)
    {
        // A job may map any attribute to userName, so a few are not ASCII; most are principal names.
        var local = random.Chance(0.03) ? $"{given.Written}.{family.Written}".Replace(' ', '.') : $"{given.Login}.{family.Login}";
        if (random.Chance(0.1))
        {
            local = $"{given.Written[..1]}{family.Login}";
        }

        var name = $"{local}@{_domain}";
        for (var number = 2; !_takenNames.Add(name); number++)
        {
            name = $"{local}{number}@{_domain}";
        }

        return name;
    }

    private void Settle(UserValues values)
    {
        var place = random.Pick(s_places);
        values[UserAttribute.StreetAddress] = $"{place.Street} {random.Between(1, 240)}";
        values[UserAttribute.Locality] = place.Locality;
        values[UserAttribute.Region] = place.Region;
        values[UserAttribute.PostalCode] = place.PostalCode;
        values[UserAttribute.Country] = place.Country;
        values[UserAttribute.PreferredLanguage] = random.Chance(0.8) ? place.Language : null;

        // Written in every manner there is: values come back as they were sent.
        values[UserAttribute.WorkPhone] = random.Chance(0.85)
            ? $"{place.PhonePrefix} {random.Between(100, 999)} {random.Between(1000, 9999)}"
            : null;
        values[UserAttribute.MobilePhone] = random.Chance(0.5)
            ? $"{place.PhonePrefix[..3]} (0) 7{random.Between(10, 99)}-{random.Between(100, 999)}.{random.Between(1000, 9999)}"
            : null;
        values[UserAttribute.Department] = random.Pick(s_departments);
        values[UserAttribute.CostCenter] = random.Chance(0.7) ? $"CC-{random.Between(100, 9999)}" : null;
    }
}
