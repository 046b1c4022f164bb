using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Api.Tests.OAuth;

/// <summary>Secrets and tokens are in answers that show them once, and nowhere else: not in logs, traces, errors, exports or storage.</summary>
public sealed class SecretsInLogsTests
{
    /// <summary>So much of a secret would be too much already.</summary>
    private const int Telling = 12;

    [Fact]
    public async Task AllThreeWaysIn_UsedAndRefused_LeaveNoSecretInLogsTracesErrorsAndExports()
    {
        var written = new ConcurrentQueue<string>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => written.Enqueue(string.Join('\n', a.TagObjects.Select(t => $"{a.DisplayName} {t.Key}={t.Value}"))),
        };
        ActivitySource.AddActivityListener(traces);
        await using var issuer = await TokenIssuer.Start(TimeProvider.System);
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        var secrets = new List<string>();
        var shown = new List<Answer>();
        await using (var server = await TestServer.Start(folder, ["--OAuth:PrivateNetworks", "true"], configure: b =>
        {
            b.Logging.AddProvider(new Recorder(written));
            b.Logging.SetMinimumLevel(LogLevel.Trace);
            b.Services.Configure<LoggerFilterOptions>(o => o.Rules.Clear());
        }))
        {
            var directory = await server.MakeDirectory();
            var successor = (await server.Admin.Post($"/directories/{directory.Id}/keys/{directory.KeyId}/rotation", "{}")).ShouldBe(201).String("secretToken")!;
            var client = await TestClient.Of(issuer, directory);
            var (secretId, secret) = await client.NewSecret();
            var (good, replayed, wrong) = (issuer.Assertion(), issuer.Assertion(alg: "ES256"), issuer.Assertion(c => c["aud"] = "x"));
            (await client.ByAssertion(replayed)).ShouldBeToken();
            var tokens = new[]
            {
                (await client.BySecret(secret)).ShouldBeToken(), (await client.ByBasic(secret)).ShouldBeToken(), (await client.ByAssertion(good)).ShouldBeToken(),
            };
            var link = await Setup.TestSetupLink.Make(server, directory.Id);
            var mark = Setup.TestSetupLink.MarkOf(await link.Open(), "client");
            var given = (await link.Send("client", mark, ("years", "1"))).ShouldBe(200);
            secrets.AddRange([link.Secret, Setup.TestSetupLink.ValueOf(given, "client-secret")!]);
            shown.AddRange([await server.Client("/setup", token: null).Get(""), await link.Open(), await link.Open(link.Secret + "x"), await link.Send("key", mark)]);
            shown.Add(await server.Admin.Get($"/directories/{directory.Id}/setup-links"));
            secrets.AddRange([server.AdminKey!, directory.Token, successor, secret, good, replayed, wrong, .. tokens]);
            shown.AddRange([await client.ByAssertion(replayed), await client.ByAssertion(wrong), await client.ByAssertion(good[..^1])]);
            shown.AddRange([await client.BySecret(secret + "x"), await client.ByBasic(secret + "x")]);
            foreach (var token in tokens.Append(directory.Token).Append(successor))
            {
                (await server.Client("/scim/v2", token).Post("/Users", Bodies.User($"user-{Guid.NewGuid()}"))).ShouldBe(201);
                shown.Add(await server.Client("/scim/v2", token + "x").Get("/Users"));
                shown.Add(await server.Client("/scim/v2", token).Get("/Users?filter=x"));
            }

            shown.Add(await server.Admin.Get($"/directories/{directory.Id}/keys"));
            shown.Add(await server.Admin.Get(client.Path));
            shown.Add(await server.Admin.Get($"/directories/{directory.Id}/export"));
            shown.Add(await server.Admin.Get($"/directories/{directory.Id}/events"));
            shown.Add((await server.Admin.Get($"/directories/{directory.Id}/requests?count=200")).ShouldBe(200));
            (await server.Admin.Delete($"{client.Path}/secrets/{secretId}")).ShouldBe(204);
            shown.Add(await client.BySecret(secret));
            shown.Add(await server.Client("/scim/v2", tokens[0]).Get("/Users"));
        }

        // What matters of the log is there, so that silence is not taken for discretion.
        written.ShouldContain(w => w.Contains("its assertion was refused, Audience", StringComparison.Ordinal));
        written.ShouldContain(w => w.Contains("its assertion was refused, Replayed", StringComparison.Ordinal));
        written.Count.ShouldBeGreaterThan(100);
        var stored = string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        foreach (var secret in secrets)
        {
            // The secret part: what stands before it is a name, and tells nothing.
            var part = secret[^Telling..];
            written.ShouldAllBe(w => !w.Contains(part, StringComparison.Ordinal));
            shown.ShouldAllBe(a => !a.Text.Contains(part, StringComparison.Ordinal) && !a.Headers.Values.Any(v => v.Contains(part, StringComparison.Ordinal)));
            stored.Contains(part, StringComparison.Ordinal).ShouldBeFalse();
        }

        Directory.Delete(folder, recursive: true);
    }

    private sealed class Recorder(ConcurrentQueue<string> written) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            written.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            written.Enqueue($"{formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(v => $"{v.Key}={v.Value}")) : "")}");

        public void Dispose()
        {
        }
    }
}
