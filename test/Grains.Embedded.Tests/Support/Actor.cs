namespace Grains.Embedded.Tests;

[GrainType("actor")]
internal sealed class Actor(Script script) : ActorBase(script), IActor;

[Reentrant, GrainType("reentrant")]
internal sealed class ReentrantActor(Script script) : ActorBase(script), IReentrantActor
{
    private readonly Queue<TaskCompletionSource> _waiting = new();

    public Task WaitForSignal()
    {
        var waiting = new TaskCompletionSource();
        _waiting.Enqueue(waiting);
        return waiting.Task;
    }

    public Task Signal()
    {
        _waiting.Dequeue().SetResult();
        return Task.CompletedTask;
    }
}

[StatelessWorker(2), GrainType("worker")]
internal sealed class Worker(Script script) : ActorBase(script), IWorker;

[Alias("test.IReentrantActor")]
internal interface IReentrantActor : IGrainWithStringKey
{
    Task Work(string name);

    Task WaitForSignal();

    Task Signal();
}

[Alias("test.IWorker")]
internal interface IWorker : IGrainWithStringKey
{
    Task Work(string name);

    Task<int> Instance();
}

internal abstract class ActorBase(Script script) : Grain
{
    private static int s_instances;

    private readonly int _instance = Interlocked.Increment(ref s_instances);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        script.ThrowIfFaulty($"activate {this.GetPrimaryKeyString()}");
        script.Log.Enqueue($"{this.GetPrimaryKeyString()} activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        script.Log.Enqueue($"{this.GetPrimaryKeyString()} deactivated {reason.ReasonCode}");
        return script.PassAsyncIfAsked($"end {this.GetPrimaryKeyString()}");
    }

    public async Task Work(string name)
    {
        script.Log.Enqueue($"{name} begins");
        await script.PassAsync(name);
        script.Log.Enqueue($"{name} ends");
    }

    public Task Look(string name) => Work(name);

    public Task Interleave(string name) => Work(name);

    public Task Forget(string name) => Work(name);

    public Task<int> Add(int a, int b) => Task.FromResult(a + b);

    public ValueTask<string> Echo(string text) => new(text);

    public ValueTask Nothing() => default;

    public Task Throw(string message) => throw new FormatException(message);

    public async Task<string> Chain(string[] path) => path is [var next, .. var rest]
        ? $"{this.GetPrimaryKeyString()} {await GrainFactory.GetGrain<IActor>(next).Chain(rest)}"
        : this.GetPrimaryKeyString();

    public async Task<string> WorkThenChain(string name, string[] path)
    {
        await Work(name);
        return await Chain(path);
    }

    public Task StartSelf(string name)
    {
        _ = this.AsReference<IActor>().Work(name);
        return Task.CompletedTask;
    }

    public Task<int> Instance() => Task.FromResult(_instance);

    public async Task Deactivate(string gate)
    {
        DeactivateOnIdle();
        await Work(gate);
    }

    public async Task<bool> InOwnContext()
    {
        var own = SynchronizationContext.Current;
        await script.PassAsync("scheduler");
        var afterGate = SynchronizationContext.Current;
        await GrainFactory.GetGrain<IActor>("other").Add(1, 2);
        await Task.Yield();
        return own is not null && own == afterGate && own == SynchronizationContext.Current;
    }

    public Task StartTimer(TimeSpan period, bool interleave)
    {
        var ticks = 0;
        this.RegisterGrainTimer(_ => Work($"tick {++ticks}"), new() { DueTime = period, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public async Task<string> Hang(string key)
    {
        await GrainFactory.GetGrain<IActor>(key).Work("never");
        return "done";
    }

    public Task<bool> IsSame(IActor other) => Task.FromResult(other.GetGrainId() == this.GetGrainId());

    public Task<IActor> Self() => Task.FromResult(this.AsReference<IActor>());
}
