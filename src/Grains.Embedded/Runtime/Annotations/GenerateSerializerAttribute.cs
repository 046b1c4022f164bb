namespace Grains.Embedded;

/// <summary>Marks a type that may cross a grain call or be kept as state; its members carry <see cref="IdAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether the parameters of a primary constructor have implicit ids; records always do.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
