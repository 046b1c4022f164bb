namespace Grains.Embedded;

/// <summary>The name of a grain class in grain ids and so in storage; without it, the class name less "Grain", in lower case.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string GrainType { get; } = grainType;
}
