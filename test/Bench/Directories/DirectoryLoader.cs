using System.Text;
using Bench.Client;
using Bench.Requests;

namespace Bench.Directories;

/// <summary>Fills a directory by POST, as fast as the server takes it.</summary>
internal static class DirectoryLoader
{
    private const int Connections = 64;
    private const int Created = 201;
    private const string ScimJson = "application/scim+json";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Creates users, and empty groups.</summary>
    public static BenchDirectory Fill(Uri tenantUrl, string token, string population, int users, int groups)
    {
        var address = ServerAddress.Of(tenantUrl);
        var template = address.Request("POST", "/Users", token, UserBodies.Create(population));
        var ids = new List<string>(users);
        var numbers = new Numbers(first: 0);
        if (users > 0)
        {
            var outcome = LoadGenerator.Run(
                tenantUrl,
                new LoadShape { Connections = Math.Min(Connections, users), Duration = Longest, MaxRequests = users },
                _ => new TemplateSource(template, Created) { Number = numbers.Next, Body = Collect });
            if (outcome.Errors > 0 || ids.Count != users)
            {
                throw new BenchException($"{ids.Count} of {users} users were created: {outcome.FirstError}");
            }
        }

        return new BenchDirectory { Token = token, Population = population, Users = [.. ids], Groups = MakeGroups(tenantUrl, token, population, groups) };

        void Collect(ReadOnlySpan<byte> body)
        {
            var id = Encoding.UTF8.GetString(ResourceBytes.IdOf(body) ?? throw new InvalidDataException("A created user has no id."));
            lock (ids)
            {
                ids.Add(id);
            }
        }
    }

    /// <summary>Creates empty groups.</summary>
    public static string[] MakeGroups(Uri tenantUrl, string token, string name, int count)
    {
        using var client = new SetupClient(tenantUrl, token);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => client.Send(HttpMethod.Post, "/Groups", UserBodies.Group($"{name} {i}"), ScimJson).GetProperty("id").GetString()!),
        ];
    }

    /// <summary>Adds members to a group, some thousand at a time.</summary>
    /// <returns>How long each request took.</returns>
    public static IReadOnlyList<TimeSpan> AddMembers(Uri tenantUrl, string token, string group, IReadOnlyList<string> ids, int atOnce)
    {
        using var client = new SetupClient(tenantUrl, token);
        var times = new List<TimeSpan>();
        foreach (var part in ids.Chunk(atOnce))
        {
            var start = TimeProvider.System.GetTimestamp();
            client.Send(HttpMethod.Patch, "/Groups/" + group, UserBodies.AddMembers(part), ScimJson);
            times.Add(TimeProvider.System.GetElapsedTime(start));
        }

        return times;
    }
}
