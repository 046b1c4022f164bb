namespace Api.Moving;

/// <summary>How an import ended.</summary>
/// <param name="Summary">What was applied.</param>
/// <param name="Status">The HTTP status: 200 where the file came to its end.</param>
/// <param name="Fault">What stopped it, or null.</param>
internal sealed record ImportOutcome(ImportSummary Summary, int Status, string? Fault);
