namespace Conformance.Running;

/// <summary>A resource that a case made.</summary>
/// <param name="Endpoint">Its endpoint: <c>/Users</c>.</param>
/// <param name="Name">The <c>userName</c> or <c>displayName</c> it was made with.</param>
/// <param name="Created">The answer to its creation.</param>
internal sealed record Resource(string Endpoint, string Name, Answer Created)
{
    public string Id { get; } = Created.Id;

    public string Path => $"{Endpoint}/{Id}";
}
