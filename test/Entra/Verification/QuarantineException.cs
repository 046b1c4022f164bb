namespace Entra.Verification;

/// <summary>A job stops: its token is refused, or too much has failed. The other directories go on.</summary>
internal sealed class QuarantineException(string message) : Exception(message);
