using System.IO.Pipelines;
using Api.Hosting;
using Api.Moving;

namespace Api.Commands;

/// <summary><c>export</c>: has a running server write a directory out, into a file. A file that broke off is gone on with.</summary>
/// <param name="settings">The settings, which say where the server listens.</param>
/// <param name="file">The file.</param>
/// <param name="directory">The directory's id.</param>
/// <param name="url">Where the server is, if not where the settings say.</param>
/// <param name="after">A cursor to go on behind, where the file is to hold the rest of another.</param>
/// <param name="output">Takes what was done.</param>
/// <param name="progress">Takes how far it is.</param>
internal sealed class ExportCommand(MusterSettings settings, string file, string directory, Uri? url, string? after, TextWriter output, TextWriter progress)
{
    /// <summary>After so many lines it is told how far it is.</summary>
    private const int LinesPerWord = 10_000;

    public async Task<int> Run(CancellationToken stop)
    {
        var cursor = after is null ? null : ExportCursor.Parse(after) ?? throw new IOException($"'{after}' is not the cursor of a line.");
        using var server = new RunningServer(settings, url);
        await using var to = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (to.Length > 0)
        {
            if (cursor is not null)
            {
                throw new IOException($"{file} is there already; --after is for the rest in a file of its own.");
            }

            var whole = await Whole(to, stop);
            if (whole.IsComplete)
            {
                output.WriteLine($"{file} is complete. Delete it to export the directory again.");
                return 0;
            }

            cursor = whole.Cursor;
            to.SetLength(whole.Bytes);
            if (cursor is not null)
            {
                await progress.WriteLineAsync($"Going on behind line {cursor.Counts.Lines} of {file}.");
            }
        }

        to.Position = to.Length;
        var query = cursor is null ? "" : $"?after={cursor}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"directories/{Uri.EscapeDataString(directory)}/export{query}");
        using var answer = await server.Ask(request, stop);
        await using var from = await answer.Content.ReadAsStreamAsync(stop);
        var counts = await Copy(new LineReader(PipeReader.Create(from), cursor), to, stop);
        to.Flush(flushToDisk: true);
        var others = string.Join(", ", new (long Count, string What)[] { (counts.Resources, "resources of its own types"), (counts.Archived, "users in the archive"), (counts.OrgUnits, "org units") }
            .Where(o => o.Count > 0)
            .Select(o => $"{o.Count} {o.What}"));
        output.WriteLine($"Exported {counts.Users} users, {counts.Groups} groups and {counts.Members} memberships{(others.Length > 0 ? $" (and {others})" : "")} into {file}.");
        return 0;
    }

    /// <summary>What of the file is whole, up to a line behind which an export goes on.</summary>
    private async Task<(bool IsComplete, ExportCursor? Cursor, long Bytes)> Whole(FileStream from, CancellationToken stop)
    {
        from.Position = 0;
        var lines = new LineReader(PipeReader.Create(from, new StreamPipeReaderOptions(leaveOpen: true)));
        (bool IsComplete, ExportCursor? Cursor, long Bytes) whole = default;
        while (await lines.Next(stop) is { } line)
        {
            var read = ImportLine.Parse(line);
            if (read is { Kind: "head" } && read.Id != directory)
            {
                throw new IOException($"{file} is an export of directory {read.Id}, not of {directory}. Name another file.");
            }

            whole.IsComplete = read.Kind == "end";
            if (read.Cursor is { } cursor)
            {
                whole = (false, cursor, lines.Bytes);
            }
        }

        return lines.Number == 1 && lines.Bytes == 0 && from.Length > 0 && !await Begins(from, stop)
            ? throw new IOException($"{file} is there already, and is no export. Name another file.")
            : whole;
    }

    /// <summary>Whether the file may be the beginning of an export's first line.</summary>
    private static async Task<bool> Begins(FileStream from, CancellationToken stop)
    {
        from.Position = 0;
        var expected = "{\"kind\":\"head\","u8.ToArray();
        var bytes = new byte[expected.Length];
        var length = await from.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return expected.AsSpan().StartsWith(bytes.AsSpan(0, length));
    }

    private async Task<LineCounts> Copy(LineReader lines, FileStream to, CancellationToken stop)
    {
        LineCounts? counts = null;
        while (await lines.Next(stop) is { } line)
        {
            await to.WriteAsync(line, stop);
            to.WriteByte((byte)'\n');
            counts = line.AsSpan().StartsWith("{\"kind\":\"end\""u8) ? ImportLine.Parse(line).Counts : null;
            if (lines.Number % LinesPerWord == 0)
            {
                await progress.WriteLineAsync($"{lines.Number} lines");
            }
        }

        return lines.Fault is { } fault ? throw new IOException($"Line {lines.Number} of what the server sent {fault} Run the command again: it goes on behind the last whole line.")
            : counts ?? throw new IOException($"The server's answer broke off behind line {lines.Number}. Run the command again: it goes on there.");
    }
}
