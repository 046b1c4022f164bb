namespace Entra.State;

/// <summary>One user, living or deleted.</summary>
/// <remarks>
/// <para><paramref name="Id"/>: Null when the user was never created.</para>
/// <para><paramref name="Values"/>: In the order of <see cref="Model.UserAttribute"/>.</para>
/// <para><paramref name="Manager"/>: The manager's place in the list of users, or -1.</para>
/// </remarks>
internal sealed record SavedUser(
    string? Id,
    bool Deleted,
    bool Active,
    string?[] Values,
    int Manager,
    string? Version,
    bool SentMisspeltSchema,
    bool CreatedByHand,
    string[]? FormerNames);
