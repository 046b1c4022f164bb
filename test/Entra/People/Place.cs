namespace Entra.People;

/// <summary>Where an office is, how its telephone numbers begin, and what is spoken there.</summary>
internal sealed record Place(
    string Locality,
    string? Region,
    string PostalCode,
    string Country,
    string Language,
    string PhonePrefix,
    string Street)
{
    /// <remarks><paramref name="entry"/>: The fields in the order of the record, with <c>|</c> between.</remarks>
    public static Place Parse(string entry)
    {
        var fields = entry.Split('|');
        return new Place(fields[0], fields[1].Length == 0 ? null : fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
    }
}
