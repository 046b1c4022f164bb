namespace Bench;

/// <summary>A measurement cannot be made; the message says why.</summary>
#pragma warning disable CA1032, RCS1194 // It is always thrown with a message, and caught in one place.
internal sealed class BenchException(string message) : Exception(message);
