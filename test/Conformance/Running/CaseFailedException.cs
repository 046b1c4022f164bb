namespace Conformance.Running;

/// <summary>The server did not do what the case expects. The message says what was expected, what was sent and what came.</summary>
internal sealed class CaseFailedException(string message) : Exception(message);
