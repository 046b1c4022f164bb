namespace Grains.Embedded;

/// <summary>The identity of a grain: the name of its class, and its key.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>
{
    [Id(0)]
    private readonly GrainType _type = type;

    [Id(1)]
    private readonly IdSpan _key = key;

    public GrainType Type => _type;

    public IdSpan Key => _key;

    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(type, IdSpan.Create(key));
    }

    public bool Equals(GrainId other) => _key.Equals(other._key) && _type.Equals(other._type);

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_type, _key);

    public override string ToString() => $"{_type}/{_key}";

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
