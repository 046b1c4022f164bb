namespace Grains.Embedded.Tests;

[Alias("test.IActor")]
internal interface IActor : IGrainWithStringKey
{
    /// <summary>Logs, waits at the gate, logs again.</summary>
    Task Work(string name);

    [ReadOnly]
    Task Look(string name);

    [AlwaysInterleave]
    Task Interleave(string name);

    [OneWay]
    Task Forget(string name);

    Task<int> Add(int a, int b);

    ValueTask<string> Echo(string text);

    ValueTask Nothing();

    Task Throw(string message);

    /// <summary>Calls each key of the path in turn, from within the last.</summary>
    Task<string> Chain(string[] path);

    Task<string> WorkThenChain(string name, string[] path);

    /// <summary>Calls itself and does not wait.</summary>
    Task StartSelf(string name);

    Task<int> Instance();

    Task Deactivate(string gate);

    Task<bool> InOwnContext();

    Task StartTimer(TimeSpan period, bool interleave);

    Task<string> Hang(string key);

    Task<bool> IsSame(IActor other);

    Task<IActor> Self();
}
