namespace Crash.Faults;

/// <summary>What a fault's run found, as it goes.</summary>
internal sealed class Findings
{
    private int _bad;

    /// <summary>The exit code: 0 if all was well.</summary>
    public int ExitCode => _bad == 0 ? 0 : 1;

    /// <summary>Tells of one expectation.</summary>
    public void Expect(bool met, string expectation, string found)
    {
        Console.WriteLine($"  {(met ? "ok " : "BAD")} {expectation}: {found}");
        _bad += met ? 0 : 1;
    }
}
