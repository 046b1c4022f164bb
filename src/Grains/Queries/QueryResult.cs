using Grains.Abstractions.Resources;

namespace Grains.Queries;

/// <summary>A resource of a page.</summary>
/// <param name="Type">The name of its type.</param>
/// <param name="Id">Its id.</param>
/// <param name="Resource">As its grain handed it out.</param>
public readonly record struct QueryResult(string Type, string Id, ResourceReply Resource);
