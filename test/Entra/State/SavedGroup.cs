namespace Entra.State;

/// <summary>One group, living or deleted.</summary>
/// <remarks><paramref name="Members"/>: The members' places in the list of users.</remarks>
internal sealed record SavedGroup(
    string? Id,
    bool Deleted,
    string DisplayName,
    string? ExternalId,
    string? Version,
    string[]? FormerNames,
    int[] Members);
