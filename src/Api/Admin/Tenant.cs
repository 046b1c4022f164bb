namespace Api.Admin;

/// <summary>A tenant: a customer of the vendor.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Removal">How far its removal has come, where that was asked for.</param>
public sealed record Tenant(string Id, string Name, DateTimeOffset Created, TenantRemovalProgress? Removal);
