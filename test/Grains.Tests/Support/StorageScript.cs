namespace Grains.Tests;

internal enum StorageVerb
{
    Read,
    Write,
    Clear,
}

public enum StorageFault
{
    /// <summary>Nothing is done, and the caller is told so.</summary>
    Fail,

    /// <summary>It is done, and the caller is told that it failed.</summary>
    ApplyThenFail,

    /// <summary>It waits before it is done, until it is released.</summary>
    Hold,

    /// <summary>It is done, and waits before the caller is told.</summary>
    HoldAnswer,

    /// <summary>
    /// The caller is told that it timed out, while the request is still on its way: it reaches storage when the caller has just read the
    /// row again. It then does what its ETag allows.
    /// </summary>
    LateAfterRead,

    /// <summary>The same, but it reaches storage just before the next write of that row.</summary>
    LateBeforeWrite,

    /// <summary>The same, but it reaches storage when the test lets it.</summary>
    Late,

    /// <summary>The silo's process ends before it is done.</summary>
    CrashBefore,

    /// <summary>The silo's process ends when it is done, before the caller is told.</summary>
    CrashAfter,
}

/// <summary>An operation that reached the storage.</summary>
internal sealed record StorageCall(int Silo, StorageVerb Verb, string State, string Key);

/// <summary>What happens to one operation that a test has chosen.</summary>
internal sealed class StorageRule(StorageFault fault, Func<StorageCall, bool> matches, int nth)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = nth;
    private Func<Task>? onItsWay;

    public StorageFault Fault => fault;

    /// <summary>Ends when the operation is there: waits, or has ended its process.</summary>
    public Task Reached => reached.Task.WaitAsync(GrainCluster.Patience);

    /// <summary>Whether the operation came at all.</summary>
    public bool Happened { get; private set; }

    internal Task Released => released.Task;

    /// <summary>Lets a held operation go on.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>A late request reaches storage, if it has not: it is done, or finds another ETag.</summary>
    public async Task Land()
    {
        if (Interlocked.Exchange(ref onItsWay, null) is { } late)
        {
            try
            {
                await late();
            }
            catch (InconsistentStateException)
            {
                // Nobody waits for the answer.
            }
        }
    }

    internal void Reach() => reached.TrySetResult();

    internal void Depart(StorageCall call, Func<Task> operation)
    {
        Late = call;
        onItsWay = operation;
        Reach();
    }

    /// <summary>The request that is on its way, once there is one.</summary>
    internal StorageCall? Late { get; private set; }

    internal bool Takes(StorageCall call) => !Happened && matches(call) && (Happened = --left == 0);
}

/// <summary>What the storage does to chosen operations, and a record of all of them.</summary>
internal sealed class StorageScript
{
    /// <summary>What has stood in the rows of users and groups.</summary>
    public ResourceLedger Ledger { get; } = new();

    private readonly Lock gate = new();
    private readonly List<StorageRule> rules = [];
    private readonly List<StorageRule> all = [];
    private readonly List<StorageCall> calls = [];

    /// <summary>Chooses the n-th operation that matches, from now on.</summary>
    public StorageRule On(StorageFault fault, Func<StorageCall, bool> matches, int nth = 1)
    {
        var rule = new StorageRule(fault, matches, nth);
        lock (gate)
        {
            rules.Add(rule);
            all.Add(rule);
        }

        return rule;
    }

    /// <summary>Chooses the n-th write of a state, of one grain where a key is given.</summary>
    public StorageRule OnWrite(StorageFault fault, string state, string? key = null, int nth = 1, int? silo = null) =>
        On(fault, c => c.Verb == StorageVerb.Write && c.State == state && (key is null || c.Key == key) && (silo is null || c.Silo == silo), nth);

    /// <summary>What has not happened yet will not.</summary>
    public void Forget()
    {
        lock (gate)
        {
            rules.Clear();
        }
    }

    /// <summary>Nothing is held any longer.</summary>
    public void ReleaseAll()
    {
        lock (gate)
        {
            all.ForEach(rule => rule.Release());
        }
    }

    /// <summary>The operations of what is done.</summary>
    public async Task<List<StorageCall>> During(Func<Task> action)
    {
        int before;
        lock (gate)
        {
            before = calls.Count;
        }

        await action();
        lock (gate)
        {
            return calls[before..];
        }
    }

    /// <summary>The writes and clears of what is done, sorted, each as <c>state key</c>.</summary>
    public async Task<List<string>> WritesDuring(Func<Task> action) =>
        [.. (await During(action)).Where(c => c.Verb != StorageVerb.Read).Select(c => $"{c.State} {c.Key}").Order(StringComparer.Ordinal)];

    /// <summary>What is on its way to the same row, and due now, reaches it.</summary>
    internal async Task Land(StorageCall now, StorageFault due)
    {
        List<StorageRule> late;
        lock (gate)
        {
            late = rules.FindAll(r => r.Fault == due && r.Late is { } l && l.State == now.State && l.Key == now.Key);
        }

        foreach (var rule in late)
        {
            await rule.Land();
        }
    }

    internal StorageRule? Enter(StorageCall call)
    {
        lock (gate)
        {
            calls.Add(call);
            // Each rule counts what matches it, whichever other rule has it.
            StorageRule? taken = null;
            foreach (var rule in rules)
            {
                taken = rule.Takes(call) && taken is null ? rule : taken;
            }

            return taken;
        }
    }
}
