using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Api.Tests.Support;

/// <summary>All that the tests know of the embedded engine: where it keeps its rows, how to read them, how to stand before its storage.</summary>
internal static class EngineUnderTest
{
    /// <summary>The settings that give a server storage of its own in a folder.</summary>
    public static string[] StorageArguments(string folder) => ["--Storage:Path", FileOf(folder)];

    /// <summary>Puts a decorator before the grain storage.</summary>
    public static void DecorateStorage(WebApplicationBuilder builder, Func<IGrainStorage, IGrainStorage> decorate)
    {
        var provider = global::Grains.Storage.StorageNames.Provider;
        var inner = builder.Services.Last(s => s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, provider));
        builder.Services.Remove(inner);
        builder.Services.AddKeyedSingleton(provider, (services, key) => decorate((IGrainStorage)inner.KeyedImplementationFactory!(services, key)));
    }

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

    private static string FileOf(string folder) => Path.Combine(folder, "muster.db");
}
