using Grains.Abstractions.Directories;
using Scim;
using Scim.Schemas;

namespace Api.Scim;

/// <summary>A SCIM request that was let in: the directory, and the address by which it came.</summary>
/// <param name="Http">The HTTP exchange.</param>
/// <param name="Directory">The directory that its token names.</param>
/// <param name="BaseUrl">The address below which <c>/Users</c> stands, as UTF-8 that is ready to stand in a JSON string.</param>
/// <param name="Grains">The cluster.</param>
internal sealed record ScimRequest(HttpContext Http, DirectoryContext Directory, byte[] BaseUrl, IGrainFactory Grains)
{
    /// <summary>How long the answer to a request may take that makes calls one after the other: a cluster that heals must not hold a client up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(14);

    /// <summary>How long an id is; <see cref="Guid.TryParseExact(string, string, out Guid)"/> would let white space around one pass.</summary>
    private const int IdLength = 36;

    private readonly long started = Environment.TickCount64;

    /// <summary>The directory's dialect.</summary>
    public Dialect Dialect => (Dialect)Directory.Dialect;

    /// <summary>The directory's schemas.</summary>
    public SchemaSet Schemas => DirectorySchemas.Of(Directory);

    /// <summary>A standard resource type as the directory has it: with its extensions.</summary>
    public ResourceType TypeOf(ResourceType type) => type == SchemaSet.Standard.User ? Schemas.User : Schemas.Group;

    /// <summary>Whether the directory serves a standard resource type: users always, groups unless its profile has none.</summary>
    public bool Serves(ResourceType type) => type == SchemaSet.Standard.User || !Directory.Rules.WithoutGroups;

    /// <summary>The <c>id</c> of the route, or null where it cannot be one of ours: nobody has to be asked then.</summary>
    public string? Id => Http.GetRouteValue("id") is string id && IsId(id) ? id : null;

    /// <summary>The result of a further call, unless that does not come in time.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public Task<T> InTime<T>(Task<T> call)
    {
        var left = Patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
        return call.IsCompleted ? call : call.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <summary>Whether an id can be one of ours.</summary>
    public static bool IsId(string id) =>
        id.Length == IdLength && Guid.TryParseExact(id, "D", out _) && !id.AsSpan().ContainsAnyInRange('A', 'F');
}
