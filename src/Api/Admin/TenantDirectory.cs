namespace Api.Admin;

/// <summary>A directory of a tenant.</summary>
/// <param name="Id">Its id, which its tokens carry.</param>
/// <param name="Tenant">The id of its tenant.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Dialect"><c>entra</c>, <c>okta</c> or <c>strict</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="TenantUrl">The address to paste into the identity provider, in the form that the profile shows.</param>
/// <param name="DirectoryUrl">The address with the directory in its path, which does as well.</param>
/// <param name="Removal">How far its removal has come, where that was asked for.</param>
/// <param name="UserIndexes">The attributes by which users are found without looking at all of them, beside <c>id</c>.</param>
/// <param name="GroupIndexes">The same of groups.</param>
/// <param name="Limits">What it is limited to.</param>
/// <param name="Profile">The name of the product profile that it was made from, or nothing.</param>
/// <param name="Provisioning">Whether provisioning is switched on.</param>
public sealed record TenantDirectory(
    string Id,
    string Tenant,
    string Name,
    string Dialect,
    DateTimeOffset Created,
    string TenantUrl,
    string DirectoryUrl,
    Removal? Removal,
    IReadOnlyList<string> UserIndexes,
    IReadOnlyList<string> GroupIndexes,
    string? Profile,
    bool Provisioning,
    Limits Limits);
