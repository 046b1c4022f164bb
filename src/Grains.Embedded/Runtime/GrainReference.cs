namespace Grains.Embedded;

/// <summary>What grain code holds of another grain; the proxies that the silo emits derive from it.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainInterface _interface;

    private protected GrainReference(GrainInterface grainInterface, GrainId grainId)
    {
        _interface = grainInterface;
        GrainId = grainId;
    }

    public GrainId GrainId { get; }

    internal EmbeddedSilo Silo => _interface.Silo;

    internal GrainClass Class => _interface.Class;

    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    // What the emitted methods call, by the shape of their result.
    internal Task<T> CallTask<T>(int method, object?[] arguments) => Silo.Call<T>(this, _interface.Methods[method], arguments);

    internal Task CallVoidTask(int method, object?[] arguments) => Silo.Call<NoResult>(this, _interface.Methods[method], arguments);

    internal ValueTask<T> CallValueTask<T>(int method, object?[] arguments) => new(CallTask<T>(method, arguments));

    internal ValueTask CallVoidValueTask(int method, object?[] arguments) => new(CallVoidTask(method, arguments));

    internal readonly struct NoResult;
}
