namespace Grains.Abstractions.Indexes;

/// <summary>What an <see cref="IndexChange"/> does.</summary>
[GenerateSerializer, Alias("muster.ChangeKind")]
public enum ChangeKind
{
    /// <summary>The id stands under the value from the given version on.</summary>
    Put,

    /// <summary>The id no longer stands under the value, if what stands there is not newer than the given version.</summary>
    Remove,
}
