namespace Entra.People;

/// <summary>A given or family name: as people write it, and as it goes into a login.</summary>
internal readonly record struct PersonName(string Written, string Login)
{
    /// <remarks>
    /// <paramref name="entry"/>: <c>Written</c>, or <c>Written|login</c> for scripts that <see cref="LoginSpelling"/> does not transcribe.
    /// </remarks>
    public static PersonName Parse(string entry)
        => entry.Split('|') is [var written, var login]
            ? new PersonName(written, login)
            : new PersonName(entry, LoginSpelling.Of(entry));
}
