namespace Conformance.Running;

/// <summary>Nothing can be said of the server: it does not answer, or does not let the suite in.</summary>
internal sealed class CannotRunException(string message, Exception? inner = null) : Exception(message, inner);
