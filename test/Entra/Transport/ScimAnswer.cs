using System.Text.Json;

namespace Entra.Transport;

/// <summary>One answer, and the request it answers. Dispose it: the parsed body is in pooled memory.</summary>
internal sealed class ScimAnswer : IDisposable
{
    private JsonDocument? _document;
    private bool _notJson;

    public required string Method { get; init; }

    public required Uri Address { get; init; }

    public byte[]? RequestBody { get; init; }

    public int Status { get; init; }

    public string? MediaType { get; init; }

    public string? ETag { get; init; }

    public string? Location { get; init; }

    public byte[] Body { get; init; } = [];

    /// <summary>
    /// Whether it was sent before, and turned away with 429 or 503 or left without an answer, so that an earlier try may have been
    /// carried out.
    /// </summary>
    public bool WasResent { get; init; }

    /// <summary>Whether it is a 503 that asked to try again, or an outage that is not over its time, and the pause has passed.</summary>
    public bool MayBeSentAgain { get; init; }

    /// <summary>Why there is no answer (time-out, connection lost, too many 429s); null when there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>The body, parsed once; <see cref="JsonValueKind.Undefined"/> when there is none or it is not JSON.</summary>
    public JsonElement Json
    {
        get
        {
            if (_document is null && !_notJson && Body.Length > 0)
            {
                try
                {
                    _document = JsonDocument.Parse(Body);
                }
                catch (JsonException)
                {
                    // Told from an empty body by its bytes, which a surprise shows.
                    _notJson = true;
                }
            }

            return _document?.RootElement ?? default;
        }
    }

    public void Dispose() => _document?.Dispose();
}
