using Grains.Abstractions.Indexes;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Requests;

namespace Grains.Abstractions.Directories;

/// <summary>
/// What every grain needs to know of a directory, handed along with each call so that no call has to ask for it.
/// It may be older than the directory's row: widths correct themselves (see <see cref="IBucketGrain"/>).
/// </summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryContext")]
public sealed record DirectoryContext
{
    private const string User = "User";

    private const string Group = "Group";

    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Tenant { get; init; }

    [Id(2)]
    public required DirectoryDialect Dialect { get; init; }

    /// <summary>The key of the hash that spreads index values over buckets, so that nobody outside can aim at one bucket.</summary>
    [Id(3)]
    public required byte[] HashKey { get; init; }

    /// <summary>How many buckets each index has. An index that is not listed has one.</summary>
    [Id(4)]
    public required IndexWidth[] Widths { get; init; }

    /// <summary>The indexed attributes of users beside <c>id</c>, as canonical paths.</summary>
    [Id(5)]
    public required string[] UserIndexes { get; init; }

    /// <summary>The indexed attributes of groups beside <c>id</c>, as canonical paths.</summary>
    [Id(6)]
    public required string[] GroupIndexes { get; init; }

    /// <summary>The directory's schema extensions: see <see cref="DirectorySchemas"/>.</summary>
    [Id(7)]
    public DirectoryExtension[] Extensions { get => field ?? []; init; } = [];

    /// <summary>The directory's own resource types, in the order in which they were declared: see <see cref="DirectorySchemas"/>.</summary>
    [Id(8)]
    public DirectoryResourceType[] ResourceTypes { get => field ?? []; init; } = [];

    /// <summary>
    /// For which of these types a call to a user grain is made, by its name; null for <c>User</c>. A grain whose resource is of another
    /// type than the call says does not have what is asked for.
    /// </summary>
    [Id(9)]
    public string? ResourceType { get; init; }

    /// <summary>What the directory is limited to, or null for nothing of its own.</summary>
    [Id(50)]
    public DirectoryLimits? Limits { get; init; }
    /// <summary>
    /// Indexes that were added or taken away after the directory was made. Those that are ready are among <see cref="UserIndexes"/> and
    /// <see cref="GroupIndexes"/>, too.
    /// </summary>
    [Id(16)]
    public DirectoryIndex[] Indexes { get => field ?? []; init; } = [];

    /// <summary>
    /// Grows whenever another set of indexes is to be kept by whoever writes. The log takes no event of a writer that does not know of
    /// the newest (see <c>IEventLogGrain.Fence</c>), and a row says by which it was written.
    /// </summary>
    [Id(17)]
    public int IndexEpoch { get; init; }

    /// <summary>What the directory's profile asks of users and does with them.</summary>
    [Id(20)]
    public DirectoryRules Rules { get => field ?? DirectoryRules.Standard; init; } = DirectoryRules.Standard;

    /// <summary>Provisioning is switched off: every SCIM request is 403 and changes nothing.</summary>
    [Id(21)]
    public bool ProvisioningOff { get; init; }

    /// <summary>What may stand before <c>/scim/v2</c> in addresses whose host names the directory; empty for nothing.</summary>
    [Id(22)]
    public string PathPrefix { get => field ?? ""; init; } = "";

    /// <summary>What its request log keeps; null where all goes by the server's settings.</summary>
    [Id(40)]
    public RequestLogSettings? RequestLog { get; init; }

    /// <summary>
    /// The same directory, for calls about resources of a type: itself for users and groups, mostly, and else a copy that shares all it has,
    /// which costs less than to look one up.
    /// </summary>
    /// <param name="resourceType"><c>User</c>, <c>Group</c>, or the name of one of <see cref="ResourceTypes"/>.</param>
    public DirectoryContext For(string resourceType)
    {
        var own = resourceType is User or Group ? null : resourceType;
        return ResourceType == own ? this : this with { ResourceType = own };
    }

    /// <summary>The number of buckets of an index.</summary>
    public long WidthOf(string index)
    {
        foreach (var width in Widths)
        {
            if (width.Index == index)
            {
                return width.Width;
            }
        }

        return 1;
    }
}
