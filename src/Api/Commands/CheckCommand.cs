using System.Text.Json;
using System.Text.Json.Serialization;
using Grains.Checking;

namespace Api.Commands;

/// <summary><c>check</c>: compares all rows of a database with each other, and mends them where that is asked for.</summary>
internal sealed class CheckCommand(string database, bool repair, bool acceptLoss, bool json, TextWriter output)
{
    private const int Damaged = 1;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public async Task<int> Run()
    {
        if (acceptLoss && !repair)
        {
            throw new IOException("--accept-loss goes with --repair.");
        }

        var lines = new List<string>();
        var offline = new OfflineRepair(database, line =>
        {
            lock (lines)
            {
                lines.Add(line);
                if (!json)
                {
                    output.WriteLine($"  mended      {line}");
                }
            }
        });
        var found = offline.Check();
        if (!json)
        {
            Tell(found);
        }

        CheckReport? after = null;
        if (repair)
        {
            after = await offline.Mend(found, acceptLoss);
            if (!json && lines.Count > 0)
            {
                output.WriteLine("After the repair:");
                Tell(after);
            }
        }

        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { database = Path.GetFullPath(database), found, mended = repair ? lines : null, after }, Format));
        }

        return (after ?? found).IsSound ? 0 : Damaged;
    }

    private void Tell(CheckReport report)
    {
        output.WriteLine(
            $"{database}: {report.Directories} directories, {report.Users} users, {report.Groups} groups, {(report.Others > 0 ? $"{report.Others} resources of their own types, " : "")}{report.Members} members, {report.Entries} index entries, {report.Events} events, {report.Rows} rows.");
        foreach (var finding in report.Findings)
        {
            output.WriteLine($"  {finding.Severity.ToString().ToLowerInvariant(),-10}  {finding.Kind}: {finding.Subject}: {finding.Detail}");
        }

        var damage = report.Findings.Count(f => f.Severity == FindingSeverity.Damage);
        var unfinished = report.Findings.Count(f => f.Severity == FindingSeverity.Unfinished);
        var leftovers = report.Findings.Count - damage - unfinished;
        output.WriteLine(damage > 0
            ? $"{damage} invariants do not hold; {report.Findings.Count(f => f is { Severity: FindingSeverity.Damage, Mendable: true })} of them can be mended by --repair without losing anything."
            : $"Sound.{(unfinished > 0 ? $" {unfinished} things are unfinished, which the server sees to by itself." : "")}{(leftovers > 0 ? $" {leftovers} are left over, which --repair takes away." : "")}");
    }
}
