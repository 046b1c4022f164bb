using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Api.Moving;

/// <summary>Reads the lines of an export, and believes none whose checksum is not that of all bytes of the file before it.</summary>
/// <param name="input">The file.</param>
/// <param name="after">Behind what line the input begins; null where it is the whole file.</param>
internal sealed class LineReader(PipeReader input, ExportCursor? after = null)
{
    /// <summary>The longest line that is read, in bytes: far more than the largest resource has.</summary>
    private const int MaxLineBytes = 16 << 20;

    private StreamChecksum sum = after?.SumOfLine ?? default;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; } = after?.Counts.Lines ?? 0;

    /// <summary>How many bytes of the input the whole lines so far have, their ends included.</summary>
    public long Bytes { get; private set; }

    /// <summary>What is wrong with the line that <see cref="Number"/> names; null where nothing is.</summary>
    public string? Fault { get; private set; }

    private static ReadOnlySpan<byte> Closing => "\"}"u8;

    /// <summary>The next line, without its end.</summary>
    /// <returns>Null where there is none, or where there is a <see cref="Fault"/>.</returns>
    public async ValueTask<byte[]?> Next(CancellationToken stop)
    {
        while (Fault is null)
        {
            var read = await input.ReadAsync(stop);
            var bytes = read.Buffer;
            if (bytes.PositionOf((byte)'\n') is { } end)
            {
                Number++;
                var line = bytes.Slice(0, end).ToArray();
                input.AdvanceTo(bytes.GetPosition(1, end));
                Fault = FaultOf(line);
                if (Fault is not null)
                {
                    return null;
                }

                Bytes += line.Length + 1;
                return line;
            }

            if (bytes.Length > MaxLineBytes)
            {
                Number++;
                Fault = $"is longer than {MaxLineBytes} bytes.";
            }
            else if (read.IsCompleted && bytes.IsEmpty)
            {
                input.AdvanceTo(bytes.End);
                return null;
            }
            else if (read.IsCompleted)
            {
                Number++;
                Fault = "breaks off.";
            }

            input.AdvanceTo(bytes.Start, bytes.End);
        }

        return null;
    }

    /// <summary>Reads to the end without looking: a client that is sending hears no answer before it is through.</summary>
    public async Task Discard(CancellationToken stop)
    {
        while (true)
        {
            var read = await input.ReadAsync(stop);
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private string? FaultOf(ReadOnlySpan<byte> line)
    {
        if (line.Length < StreamChecksum.TextLength + Closing.Length || !line.EndsWith(Closing))
        {
            return "is damaged: it does not end in a checksum.";
        }

        var body = line[..^(StreamChecksum.TextLength + Closing.Length)];
        sum = sum.With(body);
        Span<byte> expected = stackalloc byte[StreamChecksum.TextLength];
        Encoding.ASCII.GetBytes(sum.ToString(), expected);
        if (!line[body.Length..^Closing.Length].SequenceEqual(expected))
        {
            return "is damaged, or a line is missing before it: its checksum is not that of what stands before.";
        }

        sum = sum.With(line[body.Length..]).With("\n"u8);
        return null;
    }
}
