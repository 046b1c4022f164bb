using Grains.Events;
using Grains.Indexes;
using Grains.Requests;

namespace Grains.Storage;

/// <summary>The states that are stored in compact form: a byte that tells it from JSON, then what the state writes of itself.</summary>
internal static class CompactForm
{
    /// <summary>The first byte; no JSON begins with it. The next form of these rows gets another.</summary>
    private const byte First = 1;

    /// <summary>The compact form of a state, or null if it has none.</summary>
    public static byte[]? Write<T>(T state) => state switch
    {
        BucketState bucket => Bytes(bucket),
        EventLogState log => Bytes(log),
        EventSegmentState segment => Bytes(segment),
        RequestLogState requests => Bytes(requests),
        RequestSegmentState requests => Bytes(requests),
        _ => null,
    };

    /// <summary>A state from its compact form, or null if it has none.</summary>
    /// <exception cref="InvalidDataException">The row is damaged, or of a form that this version does not know.</exception>
    public static object? Read(Type state, ReadOnlySpan<byte> bytes) =>
        state == typeof(BucketState) ? State<BucketState>(bytes)
        : state == typeof(EventLogState) ? State<EventLogState>(bytes)
        : state == typeof(EventSegmentState) ? State<EventSegmentState>(bytes)
        : state == typeof(RequestLogState) ? State<RequestLogState>(bytes)
        : state == typeof(RequestSegmentState) ? State<RequestSegmentState>(bytes)
        : null;

    /// <summary>The compact form of a state.</summary>
    public static byte[] Bytes<TState>(TState state)
        where TState : ICompactState<TState>
    {
        var writer = new RowWriter();
        writer.Number(First);
        return state.WriteWhole(ref writer);
    }

    /// <summary>A state from its compact form.</summary>
    /// <exception cref="InvalidDataException">The row is damaged, or of a form that this version does not know.</exception>
    public static TState State<TState>(ReadOnlySpan<byte> bytes)
        where TState : ICompactState<TState>
    {
        var reader = new RowReader(bytes);
        if (bytes.IsEmpty || reader.Number() != First)
        {
            throw new InvalidDataException($"A stored {typeof(TState).Name} is of a form that this version does not know.");
        }

        var state = TState.Read(ref reader);
        reader.End();
        return state;
    }
}
