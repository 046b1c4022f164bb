namespace Grains.Resources;

/// <summary>How the versions of a row go on.</summary>
internal static class RowVersions
{
    /// <summary>
    /// The version of the next write. An imported resource begins with the content version that it had elsewhere, and its row at 1, like
    /// any: what was written for it before its row stood is then no newer than a "no". From its first change on the two go together.
    /// </summary>
    public static long NextVersion<TState>(this TState state)
        where TState : IResourceState<TState> => Math.Max(state.Version, state.ContentVersion) + 1;
}
