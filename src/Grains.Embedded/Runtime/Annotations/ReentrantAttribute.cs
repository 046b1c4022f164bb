namespace Grains.Embedded;

/// <summary>A grain class whose requests may all run between each other's awaits (never in parallel).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
