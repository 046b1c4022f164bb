using System.Globalization;
using System.Text.Json;
using Bench.Processes;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Bench.Directories;

/// <summary>
/// A database of the server with a filled directory, made once and kept. It is copied for each measurement, so that all begin alike.
/// </summary>
internal sealed record PreparedDatabase
{
    /// <summary>Up to this size a run that makes a directory grow gets one of its own; larger ones hardly grow.</summary>
    public const int MaxSpareSize = 10_000;

    private const int Groups = 64;

    static PreparedDatabase() => Batteries_V2.Init();

    /// <summary>The directory that is measured.</summary>
    public required BenchDirectory Directory { get; init; }

    /// <summary>Others like it, for runs that make them grow.</summary>
    public List<BenchDirectory> Spares { get; init; } = [];

    /// <summary>How large the stored row of a user is, in bytes.</summary>
    public int UserRowBytes { get; init; }

    /// <summary>Makes a database, or finds the one that was made before.</summary>
    /// <param name="work">The folder that it is kept in.</param>
    /// <param name="users">How many users each directory has.</param>
    /// <param name="spares">How many other directories are needed.</param>
    /// <param name="assembly">The server; null for the one built beside this program.</param>
    public static PreparedDatabase Get(string work, int users, int spares, string? assembly)
    {
        System.IO.Directory.CreateDirectory(work);
        var (file, about) = (DatabaseFile(work, users), Path.Combine(work, $"users-{users}.json"));
        if (File.Exists(about)
            && JsonSerializer.Deserialize<PreparedDatabase>(File.ReadAllBytes(about)) is { } found
            && found.Spares.Count >= spares)
        {
            return found;
        }

        File.Delete(about);
        Delete(file);
        Console.WriteLine($"Filling {file}: {users} users{(spares > 0 ? $", and {spares} directories more of the same size" : "")}");
        PreparedDatabase made;
        using (var server = new MusterProcess(file, assembly: assembly))
        {
            made = new PreparedDatabase
            {
                Directory = DirectoryLoader.Fill(server.TenantUrl, server.MakeDirectory(), "user", users, Groups),
                Spares = [.. Enumerable.Range(0, spares).Select(_ => DirectoryLoader.Fill(server.TenantUrl, server.MakeDirectory(), "user", users, groups: 0))],
            };
        }

        made = made with { UserRowBytes = ReadUserRowBytes(file) };
        File.WriteAllBytes(about, JsonSerializer.SerializeToUtf8Bytes(made));
        return made;
    }

    /// <summary>Copies the database and gives the copy's path.</summary>
    public string Copy(string work)
    {
        var run = Path.Combine(work, "run", string.Create(CultureInfo.InvariantCulture, $"muster-{Directory.Users.Length}.db"));
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(run)!);
        Delete(run);
        File.Copy(DatabaseFile(work, Directory.Users.Length), run);
        return run;
    }

    /// <summary>Deletes a database and what SQLite keeps beside it.</summary>
    public static void Delete(string file)
    {
        foreach (var path in (string[])[file, file + "-wal", file + "-shm"])
        {
            File.Delete(path);
        }
    }

    private static string DatabaseFile(string work, int users) => Path.Combine(work, $"users-{users}.db");

    private static int ReadUserRowBytes(string file)
    {
        var result = sqlite3_open_v2(file, out var database, SQLITE_OPEN_READONLY, null);
        using (database)
        {
            if (result == SQLITE_OK
                && sqlite3_prepare_v2(database, "SELECT avg(length(data)) FROM (SELECT data FROM grain_state WHERE type = 'user' LIMIT 1000)", out var statement) == SQLITE_OK)
            {
                using (statement)
                {
                    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_double(statement, 0) is > 0 and var average)
                    {
                        return (int)average;
                    }
                }
            }

            throw new BenchException($"{file}: no user rows were found ({sqlite3_errmsg(database).utf8_to_string()}).");
        }
    }
}
