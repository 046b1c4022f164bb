namespace Grains.Storage;

/// <summary>What every row has, whatever it is of.</summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
public interface IRowState<TSelf>
    where TSelf : IRowState<TSelf>
{
    /// <summary>The id of the row's last write, by which a grain knows its own write again (PROTOCOL R3).</summary>
    string? WriteId { get; }

    /// <summary>The same state with another write id.</summary>
    TSelf WithWriteId(string writeId);
}
