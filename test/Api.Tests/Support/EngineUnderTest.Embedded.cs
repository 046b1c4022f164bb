using Api.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Api.Tests.Support;

/// <summary>The embedded engine: rows are in a file.</summary>
internal static partial class EngineUnderTest
{
    /// <summary>When a test's clock begins.</summary>
    public static DateTimeOffset ClockStart => new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All goes by a clock of the test's.</summary>
    public static void SetClock(WebApplicationBuilder builder, TimeProvider time) => builder.Services.AddSingleton(time);

    /// <summary>The settings that give a server storage of its own in a folder.</summary>
    public static string[] StorageArguments(string folder) => ["--Storage:Path", FileOf(folder)];

    /// <summary>The grain types and keys of all rows, of a server that has stopped.</summary>
    public static List<(string Type, string Key)> Rows(string folder)
    {
        raw.sqlite3_open_v2(FileOf(folder), out var connection, raw.SQLITE_OPEN_READWRITE, null).ShouldBe(raw.SQLITE_OK);
        using (connection)
        {
            raw.sqlite3_prepare_v2(connection, "SELECT type, key FROM grain_state", out var statement).ShouldBe(raw.SQLITE_OK);
            using (statement)
            {
                var rows = new List<(string Type, string Key)>();
                while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                {
                    rows.Add((raw.sqlite3_column_text(statement, 0).utf8_to_string(), raw.sqlite3_column_text(statement, 1).utf8_to_string()));
                }

                return rows;
            }
        }
    }

    /// <summary>The rows of a server that has stopped agree with each other.</summary>
    public static void ShouldBeSound(string folder) =>
        new OfflineRepair(FileOf(folder), _ => { }).Check().Findings
            .Where(f => f.Severity != global::Grains.Checking.FindingSeverity.Unfinished)
            .ShouldBeEmpty();

    private static string FileOf(string folder) => Path.Combine(folder, "muster.db");
}
