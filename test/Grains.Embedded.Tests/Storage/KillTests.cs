using System.Diagnostics;

namespace Grains.Embedded.Tests.Storage;

public sealed class KillTests
{
    /// <summary>The child process is this assembly's own entry point: see <see cref="KillTarget"/>.</summary>
    [Fact]
    public async Task Kill_AtAnyInstant_KeepsAllThatWasAcknowledged()
    {
        using var folder = new TempFolder();
        const int Rounds = 3;
        const int AcknowledgedBeforeKill = 2000;
        for (var round = 0; round < Rounds; round++)
        {
            var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, ArgumentList = { typeof(KillTests).Assembly.Location, folder.File, $"{round}" } };
            using var child = Process.Start(start)!;
            List<string> acknowledged = [];
            while (acknowledged.Count < AcknowledgedBeforeKill && await child.StandardOutput.ReadLineAsync() is { } line)
            {
                acknowledged.Add(line);
            }

            // SIGKILL on Unix; what it had already printed still comes, but for a line cut short.
            child.Kill();
            var rest = (await child.StandardOutput.ReadToEndAsync()).Split('\n');
            acknowledged.AddRange(rest[..^1]);
            await child.WaitForExitAsync();

            acknowledged.Count.ShouldBeGreaterThanOrEqualTo(AcknowledgedBeforeKill);
            using var store = new SqliteStore(folder.File);
            foreach (var line in acknowledged)
            {
                var parts = line.Split(' ');
                var row = await store.ReadAsync(GrainId.Create("kill", parts[0]), "s");
                row.ShouldNotBeNull(line).ETag.ShouldBe(parts[1]);
            }
        }
    }
}
