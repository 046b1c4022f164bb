namespace Conformance.Running;

/// <summary>What came of a case, and why.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Message">Why it failed or is not offered; empty where it passed.</param>
/// <param name="Duration">How long it took, without clearing up.</param>
internal sealed record CaseResult(Case Case, Outcome Outcome, string Message, TimeSpan Duration);
