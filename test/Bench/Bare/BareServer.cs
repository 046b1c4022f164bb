using System.Collections.Frozen;
using System.Text.Json;
using Bench.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bench.Bare;

/// <summary>
/// What a server costs that does no more than it must: Kestrel without routing, which reads the request and answers with the same bytes
/// as the measured one, after a row was committed where the kind of request wants that.
/// </summary>
internal static class BareServer
{
    private const string AnswersFile = "answers.json";

    /// <summary>Keeps the answers where the bare server finds them.</summary>
    public static void Save(string folder, IReadOnlyList<CapturedAnswer> answers)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, AnswersFile), JsonSerializer.SerializeToUtf8Bytes(answers));
    }

    /// <summary>Serves until the process is told to stop.</summary>
    public static void Run(string folder, int rows, int rowBytes)
    {
        var answers = JsonSerializer.Deserialize<List<CapturedAnswer>>(File.ReadAllBytes(Path.Combine(folder, AnswersFile)))!
            .ToFrozenDictionary(a => a.Kind, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        using var store = new BareStore(Path.Combine(folder, "bare.db"), rows, rowBytes);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        app.Run(http =>
        {
            var path = http.Request.Path.Value.AsSpan(1);
            return Answer(http, store, answers[path[..path.IndexOf('/')]]);
        });
        app.Start();
        Console.WriteLine($"Listening: {app.Urls.First()}");
        app.WaitForShutdown();
    }

    private static async Task Answer(HttpContext http, BareStore store, CapturedAnswer answer)
    {
        if (http.Request.ContentLength > 0)
        {
            var body = http.Request.BodyReader;
            while (true)
            {
                var read = await body.ReadAsync();
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }

        if (answer.Work != BareWork.Nothing)
        {
            await store.Write(answer.Work == BareWork.InsertsRow);
        }

        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        if (answer.Body.Length > 0)
        {
            http.Response.ContentLength = answer.Body.Length;
            await http.Response.Body.WriteAsync(answer.Body);
        }
    }
}
