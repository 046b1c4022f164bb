using Bench.Client;
using Bench.Directories;

namespace Bench.Requests;

/// <summary>The kinds of requests that are measured. Those that change nothing come first, and the one that makes a directory grow last.</summary>
internal static class RequestKinds
{
    private const int Ok = 200;
    private const int Created = 201;

    /// <summary>Numbers of users and changes that no run has used yet.</summary>
    private static readonly Numbers Fresh = new(first: 1_000_000_000 + (Random.Shared.Next(800) * 10_000_000L));

    /// <summary>All kinds, in the order in which they are measured.</summary>
    public static IReadOnlyList<RequestKind> All { get; } =
    [
        new("get", "GET by id", BareWork.Nothing, 0.6, (directory, address, _) =>
            new TemplateSource(address.Request("GET", "/Users/{id}", directory.Token), Ok) { Id = directory.RandomId }),
        new("hit", "userName eq, hit", BareWork.Nothing, 0.5, (directory, address, _) => ByUserName(directory, address, directory.RandomNumber, 1)),
        new("miss", "userName eq, miss", BareWork.Nothing, 0.5, (directory, address, _) => ByUserName(directory, address, Fresh.Next, 0)),
        new("page", "GET of a page of 100", BareWork.Nothing, Least: null, (directory, address, _) =>
            new TemplateSource(address.Request("GET", "/Users?startIndex=1&count=100", directory.Token), Ok)),
        new("same", "PATCH that changes nothing", BareWork.Nothing, Least: null, (directory, address, _) =>
            new TemplateSource(address.Request("PATCH", "/Users/{id}", directory.Token, UserBodies.Same), Ok) { Id = directory.RandomId }),
        new("patch", "PATCH", BareWork.UpdatesRow, 0.7, (directory, address, _) =>
            new TemplateSource(address.Request("PATCH", "/Users/{id}", directory.Token, UserBodies.Change), Ok)
            {
                Id = directory.RandomId,
                Number = Fresh.Next,
            }),
        new("member", "a member added, removed", BareWork.UpdatesRow, Least: null, Member),
        new("post", "POST", BareWork.InsertsRow, 0.3, (directory, address, _) =>
            new TemplateSource(address.Request("POST", "/Users", directory.Token, UserBodies.Create(directory.Population)), Created)
            {
                Number = Fresh.Next,
            }),
    ];

    /// <summary>A create and a delete of the same user, by turns.</summary>
    public static RequestSource CreateAndDelete(BenchDirectory directory, ServerAddress address) => new CreateAndDeleteSource(
        address.Request("POST", "/Users", directory.Token, UserBodies.Create(directory.Population)),
        address.Request("DELETE", "/Users/{id}", directory.Token),
        Fresh);

    /// <summary>The kind of a name.</summary>
    public static RequestKind Of(string name) => All.First(k => k.Name == name);

    /// <summary>What a vendor sees on an ordinary day: mostly look-ups, then changes, and people who come and go.</summary>
    public static RequestSource Mixed(BenchDirectory directory, ServerAddress address, int connection) => new MixedSource(
        [
            (36, Of("get").Make(directory, address, connection)),
            (22, Of("hit").Make(directory, address, connection)),
            (10, Of("miss").Make(directory, address, connection)),
            (1, Of("page").Make(directory, address, connection)),
            (4, Of("same").Make(directory, address, connection)),
            (16, Of("patch").Make(directory, address, connection)),
            (10, Member(directory, address, connection)),
            (1, CreateAndDelete(directory, address)),
        ],
        new Random(connection));

    private static TemplateSource ByUserName(BenchDirectory directory, ServerAddress address, Func<long> number, int found)
    {
        var filter = Uri.EscapeDataString($"userName eq \"{UserBodies.UserName(directory.Population)}\"")
            .Replace("%7Bn%7D", "{n}", StringComparison.Ordinal);
        return new TemplateSource(address.Request("GET", "/Users?filter=" + filter, directory.Token), Ok)
        {
            Number = number,
            Expected = [.. "\"totalResults\":"u8, (byte)('0' + found)],
        };
    }

    private static TurnsSource Member(BenchDirectory directory, ServerAddress address, int connection)
    {
        var group = "/Groups/" + directory.Groups[connection % directory.Groups.Count];
        return new TurnsSource(
            address.Request("PATCH", group, directory.Token, UserBodies.AddMember),
            address.Request("PATCH", group, directory.Token, UserBodies.RemoveMember),
            directory.RandomId);
    }
}
