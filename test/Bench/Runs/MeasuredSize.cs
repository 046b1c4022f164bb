using System.Globalization;
using Bench.Bare;
using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>A directory of one size, on a server, and the bare endpoint that is measured beside it.</summary>
internal sealed class MeasuredSize : IDisposable
{
    private const int SpareRowBytes = 1_500;

    /// <summary>A run ends early on a machine that makes more.</summary>
    private const int MostCreatesPerSecond = 12_000;

    private readonly BenchOptions options;
    private readonly ServerAddress address;
    private readonly BenchDirectory directory;
    private readonly IReadOnlyList<BenchDirectory> spares;
    private readonly MusterProcess? own;
    private readonly BareProcess bareProcess;
    private readonly Probe server;
    private readonly Probe bare;

    private MeasuredSize(
        BenchOptions options, ServerAddress address, BenchDirectory directory, IReadOnlyList<BenchDirectory> spares, int rowBytes, Probe server, MusterProcess? own)
    {
        this.options = options;
        this.address = address;
        this.directory = directory;
        this.spares = spares;
        this.server = server;
        this.own = own;
        var folder = Path.Combine(options.Work, "run", string.Create(CultureInfo.InvariantCulture, $"bare-{directory.Users.Length}"));
        var kinds = RequestKinds.All.Where(k => options.Kinds.Contains(k.Name));
        BareServer.Save(folder, [.. kinds.Select(k => CapturedAnswer.Of(k, address, k.Make(directory, address, 0)))]);
        bareProcess = new BareProcess(folder, directory.Users.Length, rowBytes);
        bare = new Probe(bareProcess.Id, operations: null);
    }

    /// <summary>How many users the directory has.</summary>
    public int Users => directory.Users.Length;

    /// <summary>On a server that is started for it.</summary>
    public static MeasuredSize Own(BenchOptions options, int users)
    {
        var grows = options.Kinds.Any(k => RequestKinds.Of(k).Grows) && users <= PreparedDatabase.MaxSpareSize;
        var prepared = PreparedDatabase.Get(options.Work, users, grows ? (options.Pairs + 1) * SparesOfRun(options, users) : 0, options.Assembly);
        var process = new MusterProcess(prepared.Copy(options.Work), assembly: options.Assembly);
        try
        {
            return new MeasuredSize(
                options,
                ServerAddress.Of(process.TenantUrl),
                prepared.Directory,
                grows ? prepared.Spares : [],
                prepared.UserRowBytes,
                new Probe(process.Id, process.Operations),
                process);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>On a server that runs already, whose directory is filled.</summary>
    public static MeasuredSize Other(BenchOptions options, Uri tenantUrl, int users)
    {
        Console.WriteLine($"Filling {tenantUrl}: {users} users");
        var population = "bench" + Guid.NewGuid().ToString("N")[..8];
        var filled = DirectoryLoader.Fill(tenantUrl, options.Token, population, users, options.Connections);
        return new MeasuredSize(options, ServerAddress.Of(tenantUrl), filled, [], SpareRowBytes, new Probe(options.ProcessId, operations: null), own: null);
    }

    /// <summary>Asks for each user once, so that what is measured is not who happened to be met first.</summary>
    public void MeetEachUser(TimeSpan most)
    {
        var ids = directory.EachId();
        var template = address.Request("GET", "/Users/{id}", directory.Token);
        LoadGenerator.Run(
            address.Server,
            new LoadShape { Connections = options.Connections, Duration = most, MaxRequests = Users },
            _ => new TemplateSource(template, expectedStatus: 200) { Id = ids });
    }

    /// <summary>A run on the server; where it makes directories larger, in as many of its own as it may double.</summary>
    /// <param name="kind">What to ask.</param>
    /// <param name="time">How long.</param>
    /// <param name="number">Which run it is: each has other directories.</param>
    public Sample RunServer(RequestKind kind, TimeSpan time, int number)
    {
        if (!kind.Grows || spares.Count == 0)
        {
            return Run(server, address, time, connection => kind.Make(directory, address, connection));
        }

        var each = SparesOfRun(options, Users);
        var turn = spares.Skip(number * each).Take(each).ToArray();
        var sent = new Numbers(first: 0);
        return Run(
            server,
            address,
            time,
            connection => new SuccessionSource([.. turn.Select(spare => kind.Make(spare, address, connection))], Users, sent),
            most: (long)Users * turn.Length);
    }

    /// <summary>A run on the bare endpoint.</summary>
    public Sample RunBare(RequestKind kind, TimeSpan time)
    {
        var to = bareProcess.AddressOf(kind);
        return Run(bare, to, time, connection => kind.Make(directory, to, connection));
    }

    public void Dispose()
    {
        bareProcess.Dispose();
        own?.Dispose();
    }

    // A run makes none of them more than twice as large as what the result stands under.
    private static int SparesOfRun(BenchOptions options, int users) => (int)(((long)options.Seconds * MostCreatesPerSecond + users - 1) / users);

    private Sample Run(Probe probe, ServerAddress to, TimeSpan time, Func<int, RequestSource> sources, long most = long.MaxValue) => probe.Run(
        to.Server,
        new LoadShape { Connections = options.Connections, Duration = time, MaxRequests = most },
        sources);
}
