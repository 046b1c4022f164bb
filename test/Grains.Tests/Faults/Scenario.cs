using Grains.Abstractions.Profiles;
using Grains.Abstractions.Resources;

namespace Grains.Tests.Faults;

/// <summary>Something that a client asks for and that takes several writes.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>What the directory has to have beside the usual.</summary>
    public Func<TestDirectory, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    /// <summary>The request; with it comes how often it was made before.</summary>
    public required Func<TestDirectory, int, Task<ResourceReply>> Run { get; init; }

    /// <summary>
    /// What must stand after the answer, whatever was in the way of the request, or null. What was acknowledged stands, and what was
    /// refused has left nothing.
    /// </summary>
    public required Func<TestDirectory, ResourceReply, FaultKind?, Task> Check { get; init; }

    /// <summary>What others may ask for at the same moment, by name.</summary>
    public IReadOnlyList<Rival> Rivals { get; init; } = [];

    /// <summary>What the directory's profile asks.</summary>
    public DirectoryRules Rules { get; init; } = DirectoryRules.Standard;

    /// <summary>Nothing of the directory is left after it.</summary>
    public bool Removes { get; init; }
}
