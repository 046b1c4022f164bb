using Bench.Client;

namespace Bench.Requests;

/// <summary>Sends one kind of request: each time with another id and another number.</summary>
/// <param name="template">The request.</param>
/// <param name="expectedStatus">The status of a right answer.</param>
internal sealed class TemplateSource(RequestTemplate template, int expectedStatus) : RequestSource
{
    /// <summary>Picks the id; without it the request has none.</summary>
    public Func<byte[]>? Id { get; init; }

    /// <summary>Picks the number; without it the request has none.</summary>
    public Func<long>? Number { get; init; }

    /// <summary>Looks at the body of a right answer.</summary>
    public BodyReader? Body { get; init; }

    /// <summary>What must stand in the body of a right answer.</summary>
    public byte[]? Expected { get; init; }

    /// <summary>Looks at a body.</summary>
    public delegate void BodyReader(ReadOnlySpan<byte> body);

    /// <inheritdoc />
    public override bool WantsBody => Body is not null || Expected is not null;

    /// <inheritdoc />
    public override int Next(Span<byte> buffer) => template.Write(buffer, Id is null ? [] : Id(), Number?.Invoke() ?? 0);

    /// <inheritdoc />
    public override bool Answered(int status, ReadOnlySpan<byte> body)
    {
        if (status != expectedStatus || (Expected is not null && body.IndexOf(Expected) < 0))
        {
            return false;
        }

        Body?.Invoke(body);
        return true;
    }
}
