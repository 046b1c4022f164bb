using Grains.Abstractions.Directories;

namespace Api.OAuth;

/// <summary>What an assertion was found to be.</summary>
/// <param name="Seen">By what it is remembered, where it is good.</param>
/// <param name="Fault">Why it is not.</param>
internal readonly record struct AssertionVerdict(SeenAssertion? Seen, AssertionFault Fault)
{
    public static implicit operator AssertionVerdict(AssertionFault fault) => new(null, fault);
}
