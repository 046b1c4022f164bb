using Scim.Filters;
using Scim.Resources;

namespace Scim.Patching;

/// <summary>How much one PATCH may ask for. What exceeds a limit is refused (400) with a text that names it.</summary>
public sealed record PatchLimits
{
    /// <summary>Default of <see cref="MaxOperations"/>: the largest batch an identity provider is known to send is a tenth of it.</summary>
    public const int DefaultMaxOperations = 1_000;

    public static PatchLimits Default { get; } = new();

    /// <summary>The most operations in one request.</summary>
    public int MaxOperations { get; init; } = DefaultMaxOperations;

    /// <summary>Limits of the filter within a path.</summary>
    public FilterLimits Filter { get; init; } = FilterLimits.Default;

    /// <summary>Limits of the body's depth, of the values given, and of the resource that results.</summary>
    public ResourceLimits Resource { get; init; } = ResourceLimits.Default;
}
