using System.Net;

namespace Crash.Faults;

/// <summary>An answer; without a status, there was none, and <paramref name="Body"/> says why.</summary>
internal sealed record ProbeAnswer(HttpStatusCode? Status, bool HasRetryAfter, string Body)
{
    public override string ToString() => $"{(Status is { } status ? (int)status : "none")}{(HasRetryAfter ? " with Retry-After" : "")}: {Body[..Math.Min(Body.Length, 200)]}";
}
