namespace Grains.Embedded;

/// <summary>A grain method whose caller does not wait for it, and is not told how it ended.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
