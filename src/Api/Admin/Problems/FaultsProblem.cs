using Microsoft.AspNetCore.Mvc;

namespace Api.Admin.Problems;

/// <summary>What a request is told that has faults (RFC 9457): all of them, and where each is.</summary>
public sealed class FaultsProblem : ProblemDetails
{
    /// <summary>Every fault that was found.</summary>
    public IReadOnlyList<Fault> Errors { get; init; } = [];
}
