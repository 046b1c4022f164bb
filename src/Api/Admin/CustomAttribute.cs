namespace Api.Admin;

/// <summary>An attribute of users that an admin declares below the URN that the directory's profile has for that.</summary>
/// <param name="Name">A letter, then letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c>, <c>integer</c>, <c>decimal</c>, <c>dateTime</c> or <c>reference</c>.</param>
/// <param name="MultiValued">Whether a user may have several values of it.</param>
/// <param name="CaseExact">Whether a text is compared with regard to case.</param>
/// <param name="Description">What it is, for people.</param>
public sealed record CustomAttribute(string? Name, string? Type = "string", bool MultiValued = false, bool CaseExact = false, string? Description = null);
