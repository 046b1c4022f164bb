namespace Grains.Embedded;

/// <summary>A grain method that changes nothing: it may run between other read-only ones of its activation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
