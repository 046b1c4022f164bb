using System.Buffers;
using System.Text.Json;

namespace Scim;

/// <summary>
/// A writer over a buffer that is used again: for JSON that is written and copied out before anything else happens. One for each
/// thread, made when it is first wanted.
/// </summary>
internal sealed class JsonScratch : IDisposable
{
    /// <summary>A larger buffer, as a picture makes it, is not kept.</summary>
    private const int MaxKept = 64 << 10;

    [ThreadStatic]
    private static JsonScratch? kept;

    private readonly ArrayBufferWriter<byte> buffer = new(4096);

    private JsonScratch() => Writer = new Utf8JsonWriter(buffer, JsonFormat.Writing);

    /// <summary>Writes into the buffer.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>Takes the thread's own; to be disposed by the same thread, which gives it back.</summary>
    public static JsonScratch Take()
    {
        var scratch = kept ?? new JsonScratch();
        kept = null;
        return scratch;
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray()
    {
        Writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Gives it back, empty.</summary>
    public void Dispose()
    {
        if (buffer.Capacity > MaxKept)
        {
            return;
        }

        buffer.ResetWrittenCount();
        Writer.Reset();
        kept = this;
    }
}
