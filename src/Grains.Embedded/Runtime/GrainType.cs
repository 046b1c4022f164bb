namespace Grains.Embedded;

/// <summary>The name of a grain class.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainType : IEquatable<GrainType>
{
    [Id(0)]
    private readonly string _value;

    private GrainType(string value) => _value = value;

    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new(value);
    }

    public bool Equals(GrainType other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    public override int GetHashCode() => string.GetHashCode(_value, StringComparison.Ordinal);

    public override string ToString() => _value ?? "";

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
