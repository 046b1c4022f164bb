namespace Fuzz.Runs;

/// <summary>What came of one target.</summary>
internal sealed record TargetResult(string Target, long Inputs, long Accepted, int Outcomes, TimeSpan Time, TimeSpan Slowest, double MostBytes, IReadOnlyList<FuzzFailure> Failures);
