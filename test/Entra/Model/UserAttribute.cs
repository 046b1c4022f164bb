namespace Entra.Model;

/// <summary>
/// The single values of a user that the simulator follows. <c>manager</c> is not among them (it is a reference, and kept as one),
/// nor is <c>active</c> (a boolean). The order is the order of <see cref="UserAttributePaths"/>.
/// </summary>
internal enum UserAttribute
{
    ExternalId,
    UserName,
    DisplayName,
    Title,
    PreferredLanguage,
    Locale,
    GivenName,
    FamilyName,
    FormattedName,
    WorkEmail,
    HomeEmail,
    WorkPhone,
    MobilePhone,
    StreetAddress,
    Locality,
    Region,
    PostalCode,
    Country,
    Department,
    EmployeeNumber,
    CostCenter,
    FormattedAddress,
    Timezone,
}
