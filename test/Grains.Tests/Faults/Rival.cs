using Grains.Abstractions.Resources;

namespace Grains.Tests.Faults;

/// <summary>A request that comes in the way of another.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Run">The request.</param>
/// <param name="Check">What must stand after both answers: that to the scenario's request comes first.</param>
internal sealed record Rival(string Name, Func<TestDirectory, Task<ResourceReply>> Run, Func<TestDirectory, ResourceReply, ResourceReply, Task> Check);
