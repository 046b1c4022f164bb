using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Grains.Abstractions.Indexes;

namespace Api.Moving;

/// <summary>
/// Writes the lines of an export. Each is a JSON object whose last member ends in the CRC-32C of all bytes of the file before it; that
/// member is the <c>cursor</c> where an export can go on behind the line, and else the <c>sum</c>.
/// </summary>
internal sealed class LineWriter
{
    /// <summary>So much is gathered before it is sent.</summary>
    private const int SendAt = 64 << 10;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Stream output;
    private readonly ArrayBufferWriter<byte> buffer = new(2 * SendAt);
    private readonly Utf8JsonWriter json;
    private StreamChecksum sum;

    /// <param name="output">Takes the lines.</param>
    /// <param name="after">Behind what the file goes on; null at its beginning.</param>
    public LineWriter(Stream output, ExportCursor? after)
    {
        this.output = output;
        json = new Utf8JsonWriter(buffer, Format);
        Counts = after?.Counts ?? new LineCounts(0, 0, 0, 0);
        sum = after?.SumOfLine ?? default;
    }

    /// <summary>What has been written, what was before the cursor included.</summary>
    public LineCounts Counts { get; set; }

    private static ReadOnlySpan<byte> LineEnd => "\"}\n"u8;

    /// <summary>Writes a line behind which an export can go on.</summary>
    public ValueTask Write(string kind, Action<Utf8JsonWriter> members, string type, IndexPosition place, CancellationToken stop)
    {
        var start = Begin(kind, members);
        Raw(",\"cursor\":\"");
        Raw(ExportCursor.WithoutSum(type, place, Counts));
        return End(start, stop);
    }

    /// <summary>Writes a line behind which an export cannot go on.</summary>
    public ValueTask Write(string kind, Action<Utf8JsonWriter> members, CancellationToken stop)
    {
        var start = Begin(kind, members);
        Raw(",\"sum\":\"");
        return End(start, stop);
    }

    /// <summary>Sends what has been gathered.</summary>
    public async Task Flush(CancellationToken stop)
    {
        await output.WriteAsync(buffer.WrittenMemory, stop);
        buffer.ResetWrittenCount();
        await output.FlushAsync(stop);
    }

    private int Begin(string kind, Action<Utf8JsonWriter> members)
    {
        var start = buffer.WrittenCount;
        Counts = Counts with { Lines = Counts.Lines + 1 };
        json.Reset();
        json.WriteStartObject();
        json.WriteString("kind", kind);
        members(json);
        json.Flush();
        return start;
    }

    private async ValueTask End(int start, CancellationToken stop)
    {
        sum = sum.With(buffer.WrittenSpan[start..]);
        start = buffer.WrittenCount;
        Raw(sum.ToString());
        buffer.Write(LineEnd);
        sum = sum.With(buffer.WrittenSpan[start..]);
        if (buffer.WrittenCount >= SendAt)
        {
            await Flush(stop);
        }
    }

    private void Raw(string text) => Encoding.UTF8.GetBytes(text, buffer);
}
