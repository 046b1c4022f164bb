namespace Api.Admin.Requests;

/// <summary>The body of an admin request as it came, in the request's features.</summary>
/// <param name="Utf8">The bytes.</param>
internal sealed record AdminBody(byte[] Utf8);
