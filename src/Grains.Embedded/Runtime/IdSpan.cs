namespace Grains.Embedded;

/// <summary>The key of a grain.</summary>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>
{
    [Id(0)]
    private readonly string _value;

    private IdSpan(string value) => _value = value;

    public static IdSpan Create(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new(id);
    }

    public bool Equals(IdSpan other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => string.GetHashCode(_value, StringComparison.Ordinal);

    public override string ToString() => _value ?? "";

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
