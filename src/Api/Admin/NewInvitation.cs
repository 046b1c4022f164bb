namespace Api.Admin;

/// <summary>An invitation.</summary>
/// <param name="By">Who invites, as the vendor calls them, 200 characters at most; what the admin key is for where it is not given.</param>
public sealed record NewInvitation(string? By = null);
