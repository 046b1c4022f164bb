using System.Collections.Concurrent;
using System.Diagnostics;

namespace Conformance.Running;

/// <summary>Runs cases against one server, some at a time, and deletes what they made.</summary>
internal sealed class SuiteRun
{
    private readonly string tag = "cf" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
    private readonly HttpClient http;
    private readonly string url;
    private readonly string? token;
    private int names;

    private SuiteRun(HttpClient http, string url, string? token, ScimClient shared, ServerFeatures server)
    {
        (this.http, this.url, this.token, Server) = (http, url, token, server);
        People = new Lazy<Task<People>>(() => Running.People.Make(new Attempt(shared, this)));
    }

    public ServerFeatures Server { get; }

    /// <summary>Made when a case first asks.</summary>
    public Lazy<Task<People>> People { get; }

    /// <summary>Runs these cases.</summary>
    /// <param name="http">The connections; it follows no redirects.</param>
    /// <param name="url">The Tenant URL.</param>
    /// <param name="token">The bearer token, or null.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="parallel">How many at a time.</param>
    /// <returns>Their results, in the order of the cases.</returns>
    /// <exception cref="CannotRunException">The server does not answer, or does not let the suite in.</exception>
    public static async Task<IReadOnlyList<CaseResult>> Run(HttpClient http, string url, string? token, IReadOnlyList<Case> cases, int parallel)
    {
        var root = url.TrimEnd('/');
        var client = new ScimClient(http, root, token);
        var run = new SuiteRun(http, root, token, client, await ServerFeatures.Read(client));
        var results = new ConcurrentDictionary<string, CaseResult>(StringComparer.Ordinal);
        try
        {
            await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (@case, _) => results[@case.Id] = await run.Try(@case));
        }
        finally
        {
            await client.DeleteMade();
        }

        return [.. cases.Select(c => results[c.Id])];
    }

    public string NewName(string hint) => $"{tag}-{Interlocked.Increment(ref names)}-{hint}";

    private async Task<CaseResult> Try(Case @case)
    {
        // Each case has a client of its own, which knows what to delete.
        var client = new ScimClient(http, url, token);
        var started = Stopwatch.GetTimestamp();
        var (outcome, message) = await Attempt(@case, client);
        var duration = Stopwatch.GetElapsedTime(started);
        await client.DeleteMade();
        return new CaseResult(@case, outcome, message, duration);
    }

    private async Task<(Outcome Outcome, string Message)> Attempt(Case @case, ScimClient client)
    {
        try
        {
            await @case.Run(new Attempt(client, this));
            return (Outcome.Passed, "");
        }
        catch (NotOfferedException exception)
        {
            return (Outcome.NotOffered, exception.Message);
        }
        catch (CaseFailedException exception)
        {
            return (Outcome.Failed, exception.Message);
        }
        catch (Exception exception)
        {
            // A case that does not understand the answer has failed: one server's surprise must not end the run.
            return (Outcome.Failed, $"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
