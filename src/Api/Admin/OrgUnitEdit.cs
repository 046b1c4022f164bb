namespace Api.Admin;

/// <summary>What the vendor keeps of an org unit; it is replaced as a whole, and provisioning never touches it.</summary>
/// <param name="DisplayName">What the vendor calls it, 200 characters at most; nothing for its own name.</param>
/// <param name="Description">What the vendor says of it, 2,000 characters at most.</param>
/// <param name="Attributes">What else, a grade say: 50 names of 64 characters at most, values of 1,000.</param>
public sealed record OrgUnitEdit(string? DisplayName = null, string? Description = null, IReadOnlyDictionary<string, string?>? Attributes = null);
