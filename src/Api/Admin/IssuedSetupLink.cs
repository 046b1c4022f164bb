namespace Api.Admin;

/// <summary>A setup link that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">The link to give to the customer's admin. It is shown here and never again.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Ways">What may be made by it.</param>
public sealed record IssuedSetupLink(string Id, string Url, string? Label, DateTimeOffset Created, DateTimeOffset Expires, IReadOnlyList<string> Ways);
