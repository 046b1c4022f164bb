namespace Bench.Client;

/// <summary>What one connection sends, request by request.</summary>
internal abstract class RequestSource
{
    /// <summary>Whether <see cref="Answered"/> is to be given the body of answers.</summary>
    public virtual bool WantsBody => false;

    /// <summary>Writes the next request.</summary>
    /// <returns>Its length.</returns>
    public abstract int Next(Span<byte> buffer);

    /// <summary>Looks at the answer to the last request.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, where <see cref="WantsBody"/> asked for it.</param>
    /// <returns>Whether the answer is what was asked for.</returns>
    public abstract bool Answered(int status, ReadOnlySpan<byte> body);
}
