namespace Entra.State;

/// <summary>What <c>--state</c> writes at the end of a run, for a later <c>--verify-only</c>. Holds the tokens: keep it private.</summary>
internal sealed record SavedRun(int Format, SavedDirectory[] Directories)
{
    public const int CurrentFormat = 3;
}
