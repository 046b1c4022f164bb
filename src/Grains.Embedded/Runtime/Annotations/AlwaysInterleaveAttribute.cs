namespace Grains.Embedded;

/// <summary>A grain method that may run between the awaits of any other request of its activation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
