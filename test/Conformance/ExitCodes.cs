namespace Conformance;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    public const int AllPassed = 0;
    public const int CaseFailed = 1;
    public const int CouldNotRun = 2;
}
