namespace Grains.Embedded;

/// <summary>
/// The synchronisation context of some work of an activation: what follows an await in it is another turn of that activation. (With a task
/// scheduler instead, as Orleans has it, each await would cost a task.)
/// </summary>
internal class TurnContext(Activation? activation) : SynchronizationContext
{
    /// <summary>Where the work is done.</summary>
    public Activation? Activation { get; set; } = activation;

    /// <inheritdoc />
    public override void Post(SendOrPostCallback d, object? state)
    {
        var scheduler = Activation!;
        if (!Turns.MayBegin || !scheduler.TryRun(d, state, this, isAll: true))
        {
            scheduler.Queue(d, state, this);
        }
    }

    /// <inheritdoc />
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("A turn of a grain cannot be waited for.");

    /// <inheritdoc />
    public override SynchronizationContext CreateCopy() => this;
}
