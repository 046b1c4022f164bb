using Entra.Cycles;
using Entra.Requests;
using Entra.Transport;
using Entra.Verification;

namespace Entra.Okta;

/// <summary>
/// Okta's import: all users, or all groups, page by page, until <c>startIndex</c> has passed <c>totalResults</c>. While others write,
/// each resource that stays must come once, in the same order each time. An import in which the server began anew is begun anew, too: who
/// came or went before its next page may have shifted that by one (RFC 7644 §3.4.2.4), since what the server remembered of it is gone.
/// </summary>
internal sealed class OktaImport(Job job, RequestKind kind, string endpoint)
{
    private readonly List<List<string>> _walks = [];

    /// <summary>How often all was read.</summary>
    public int Walks => _walks.Count;

    /// <summary>Reads all once.</summary>
    /// <remarks>
    /// <para><paramref name="staying"/>: The ids that were there before and will be there afterwards.</para>
    /// <para><paramref name="unsure"/>: How many more may be there: those that are being made or deleted meanwhile.</para>
    /// </remarks>
    public async Task WalkAsync(IReadOnlySet<string> staying, int unsure, CancellationToken cancellation)
    {
        while (!await WalkOnceAsync(staying, unsure, cancellation))
        {
        }
    }

    /// <returns>Whether the server was there all the time, or answered something that no server may.</returns>
    private async Task<bool> WalkOnceAsync(IReadOnlySet<string> staying, int unsure, CancellationToken cancellation)
    {
        var lost = job.Connection.Lost;
        List<string> order = [];
        HashSet<string> seen = [];
        for (var start = 1; ;)
        {
            using var answer = await job.Connection.GetAsync(kind, $"{endpoint}?{ScimQuery.OktaPage(start)[1..]}", cancellation);
            if (!job.Check.Status(answer, 200))
            {
                return true;
            }

            if (ListPage.Read(answer.Json, out var page) is { } malformed)
            {
                job.Check.Failed(answer, malformed);
                return true;
            }

            if (page.StartIndex != start && page.Resources.Length > 0)
            {
                job.Check.Failed(answer, $"startIndex must be {start}");
            }

            if (page.Resources.Length > ScimQuery.OktaPageSize)
            {
                job.Check.Failed(answer, $"A page must have no more than {ScimQuery.OktaPageSize} resources");
            }

            if (page.TotalResults < staying.Count || page.TotalResults > staying.Count + unsure)
            {
                job.Check.Failed(answer, $"totalResults must be from {staying.Count} to {staying.Count + unsure}");
            }

            foreach (var resource in page.Resources)
            {
                var id = resource.Has("id"u8, out var value) ? value.Text() ?? "" : "";
                order.Add(id);
                if (!seen.Add(id))
                {
                    if (BeganAnew())
                    {
                        return false;
                    }

                    job.Check.Failed(answer, $"{id} must be listed once");
                }
            }

            start += page.Resources.Length;
            if (page.Resources.Length > 0 && start <= page.TotalResults)
            {
                continue;
            }

            if (BeganAnew())
            {
                return false;
            }

            if (staying.Except(seen).ToArray() is { Length: > 0 } missing)
            {
                job.Check.Failed(answer, $"{missing[0]} must have been listed by now ({missing.Length} of {staying.Count} missing)");
            }

            _walks.Add(order);
            return true;
        }

        bool BeganAnew() => job.Connection.Lost != lost;
    }

    /// <summary>Reads all again and again while the work goes on, twice at least.</summary>
    public async Task BesideAsync(Task work, IReadOnlySet<string> staying, int unsure, CancellationToken cancellation)
    {
        // With one request at a time, the same ones come in the same order: so the import waits for its turn.
        if (job.Options.Parallel == 1)
        {
            await work;
        }

        do
        {
            // A create that is sent again, as its answer was lost, counts beside the one that stands until it is refused.
            await WalkAsync(staying, unsure + job.Options.Parallel, cancellation);
        }
        while (!work.IsCompleted);
        await work;
        await WalkAsync(staying, unsure, cancellation);
    }

    /// <summary>Compares the walks when all is over: with one another, and with what there is.</summary>
    /// <remarks><paramref name="known"/>: The ids of everything that was ever made.</remarks>
    public void Finish(IReadOnlySet<string> known)
    {
        foreach (var id in _walks.SelectMany(walk => walk).Where(id => !known.Contains(id)).Distinct())
        {
            job.ReportSurprise($"{endpoint} must not have listed {id}");
        }

        foreach (var (earlier, later) in _walks.Zip(_walks.Skip(1)))
        {
            HashSet<string> common = [.. earlier.Intersect(later)];
            if (!earlier.Where(common.Contains).SequenceEqual(later.Where(common.Contains)))
            {
                job.ReportSurprise($"{endpoint} must be listed in the same order each time");
            }
        }
    }
}
