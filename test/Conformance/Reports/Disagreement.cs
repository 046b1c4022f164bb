namespace Conformance.Reports;

/// <summary>A public test or an identity provider that asks for something else than the RFCs do.</summary>
/// <param name="Who">Whose expectation it is.</param>
/// <param name="Expects">What it expects.</param>
/// <param name="Rfc">What the RFC says, with its section.</param>
/// <param name="Here">What this suite checks.</param>
internal sealed record Disagreement(string Who, string Expects, string Rfc, string Here);
