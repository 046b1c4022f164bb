namespace Api.Admin;

/// <summary>How far the invitation of a user is.</summary>
/// <param name="State"><c>uninvited</c> or <c>invited</c>.</param>
/// <param name="At">When the user was invited.</param>
/// <param name="By">Who invited it.</param>
public sealed record UserInvitation(string State, DateTimeOffset? At = null, string? By = null);
