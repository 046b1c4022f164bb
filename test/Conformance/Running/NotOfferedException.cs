namespace Conformance.Running;

/// <summary>The case is about something optional that the server does not offer.</summary>
internal sealed class NotOfferedException(string message) : Exception(message);
