using System.Text;
using Bench.Requests;
using Scim;
using Scim.Resources;
using Scim.Schemas;
using System.Text.Json.Nodes;

namespace Bench.Library;

/// <summary>The user that the benchmarks of the library work on: the one that the load runs create, too.</summary>
internal static class SampleUser
{
    /// <summary>The body of its create.</summary>
    public static byte[] Body { get; } = Fill(UserBodies.Create("user"));

    /// <summary>Its attributes, read and normalised.</summary>
    public static JsonObject Attributes { get; } = ResourceReader.Read(Body, SchemaSet.Standard.User, Dialect.Entra).Value;

    /// <summary>Its id and times.</summary>
    public static ResourceMeta Meta { get; } =
        new("019a0000-0000-7000-8000-000000000001", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Version: 1);

    /// <summary>A body with a number in its holes.</summary>
    public static byte[] Fill(string body) => Encoding.UTF8.GetBytes(body.Replace("{n}", "0000000001", StringComparison.Ordinal));
}
