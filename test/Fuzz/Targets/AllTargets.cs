namespace Fuzz.Targets;

/// <summary>Everything that reads what comes from outside and can be called without a server.</summary>
internal static class AllTargets
{
    public static IReadOnlyList<FuzzTarget> List { get; } = [.. LibraryTargets.List, .. MessageTargets.List, .. FrontTargets.List, .. OAuthTargets.List];
}
