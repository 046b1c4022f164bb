namespace Api.Admin;

/// <summary>A site, department or role that user data named.</summary>
/// <param name="Id">What it is called in addresses, for as long as its name is that.</param>
/// <param name="Kind">Its kind, by the directory's profile.</param>
/// <param name="Name">The name as the first user had it.</param>
/// <param name="DisplayName">What the vendor calls it instead.</param>
/// <param name="Description">What the vendor says of it.</param>
/// <param name="Attributes">What else the vendor keeps of it, a grade say.</param>
/// <param name="Users">How many users count in.</param>
/// <param name="Created">When it was first seen.</param>
/// <param name="LastModified">When the vendor last changed it.</param>
/// <param name="Generation">Tells it from one of the same name that was deleted before.</param>
public sealed record OrgUnitItem(
    string Id,
    string Kind,
    string Name,
    string? DisplayName,
    string? Description,
    IReadOnlyDictionary<string, string> Attributes,
    long Users,
    DateTimeOffset Created,
    DateTimeOffset LastModified,
    string Generation);
