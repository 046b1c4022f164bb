namespace Grains.Storage;

/// <summary>
/// A state that is stored in a compact form instead of JSON: its row holds many small entries and is written whole with every change, so
/// its size is what a change costs.
/// </summary>
/// <typeparam name="TState">The state itself.</typeparam>
internal interface ICompactState<TState>
    where TState : ICompactState<TState>
{
    /// <summary>Writes the state.</summary>
    void Write(ref RowWriter writer);

    /// <summary>Writes the state at the end of what is to be stored, and ends the writer.</summary>
    /// <returns>The row, which nobody may change.</returns>
    byte[] WriteWhole(ref RowWriter writer)
    {
        Write(ref writer);
        return writer.Finish();
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    static abstract TState Read(ref RowReader reader);
}
