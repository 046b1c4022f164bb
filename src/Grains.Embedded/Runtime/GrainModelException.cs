namespace Grains.Embedded;

/// <summary>The grains of a silo break the rules; the message lists every error.</summary>
#pragma warning disable CA1032, RCS1194 // It is made in one place, of a list.
public sealed class GrainModelException(IReadOnlyList<string> errors)
    : OrleansException($"{errors.Count} error(s) in the grains:{string.Concat(errors.Select(error => $"{Environment.NewLine}- {error}"))}")
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
