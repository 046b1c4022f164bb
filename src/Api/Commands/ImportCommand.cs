using System.Net;
using Api.Hosting;
using Api.Moving;

namespace Api.Commands;

/// <summary><c>import</c>: has a running server make what an export holds.</summary>
/// <param name="settings">The settings, which say where the server listens.</param>
/// <param name="file">The export.</param>
/// <param name="directory">The id of the directory that takes it.</param>
/// <param name="url">Where the server is, if not where the settings say.</param>
/// <param name="output">Takes what was done.</param>
/// <param name="progress">Takes how far it is.</param>
internal sealed class ImportCommand(MusterSettings settings, string file, string directory, Uri? url, TextWriter output, TextWriter progress)
{
    /// <summary>The exit code where something of the file was refused.</summary>
    private const int Refused = 1;

    public async Task<int> Run(CancellationToken stop)
    {
        using var server = new RunningServer(settings, url);
        await using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"directories/{Uri.EscapeDataString(directory)}/import") { Content = new Lines(from, progress) };
        using var answer = await server.Ask(request, stop);
        var summary = await answer.Content.ReadFromJsonAsync<ImportSummary>(stop) ?? throw new IOException($"{server.Url} answered nothing.");
        Tell("users", summary.Users);
        Tell("groups", summary.Groups);
        Tell("memberships", summary.Members);
        if (summary.Resources is { } resources && resources != new ImportCounts(0, 0, 0))
        {
            Tell("resources of its own types", resources);
        }

        if (summary.Archived is { } archived)
        {
            Tell("users in the archive", archived);
        }

        if (summary.OrgUnits is { } units)
        {
            Tell("org units", units);
        }

        foreach (var refusal in summary.Refusals)
        {
            output.WriteLine($"  line {refusal.Line}, {refusal.Kind} {refusal.Id}: {refusal.Detail}");
        }

        if (summary.RefusalsLeftOff > 0)
        {
            output.WriteLine($"  and {summary.RefusalsLeftOff} more");
        }

        return summary.Refusals.Count > 0 ? Refused : 0;
    }

    private void Tell(string what, ImportCounts counts) =>
        output.WriteLine($"{what}: {counts.Created} made, {counts.AlreadyThere} there already, {counts.Refused} refused");

    /// <summary>The file, as it is sent.</summary>
    private sealed class Lines : HttpContent
    {
        private const int PartBytes = 1 << 20;

        private readonly FileStream file;
        private readonly TextWriter progress;

        public Lines(FileStream file, TextWriter progress)
        {
            (this.file, this.progress) = (file, progress);
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var part = new byte[PartBytes];
            var told = 0L;
            for (int length; (length = await file.ReadAsync(part, cancellationToken)) > 0;)
            {
                await stream.WriteAsync(part.AsMemory(0, length), cancellationToken);
                var tenth = file.Position * 10 / Math.Max(1, file.Length);
                if (tenth > told)
                {
                    told = tenth;
                    await progress.WriteLineAsync($"{tenth * 10} %");
                }
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = file.Length;
            return true;
        }
    }
}
