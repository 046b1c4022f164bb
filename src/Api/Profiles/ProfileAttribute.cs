using System.ComponentModel;

namespace Api.Profiles;

/// <summary>An attribute of users that a product uses.</summary>
public sealed record ProfileAttribute
{
    [Description("An attribute, sub-attribute or filtered path: name.givenName, emails[type eq \"work\"].value. Its type and case rule are those of its schema.")]
    public string Path { get; init; } = "";

    [Description("A user without it is refused: 400 invalidValue, which names it.")]
    public bool Required { get; init; }

    [Description("Users are found by it without looking at all of them. userName always is.")]
    public bool Filterable { get; init; }

    [Description("The shape of the text: email, or nothing.")]
    public string? Format { get; init; }
}
