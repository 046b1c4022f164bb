using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Api.Explorer;

/// <summary>A file of the explorer that is part of the program, with what a browser needs to keep it.</summary>
internal sealed class ExplorerFile
{
    private ExplorerFile(byte[] bytes)
    {
        Bytes = bytes;
        Hash = Base64Url.EncodeToString(SHA256.HashData(bytes))[..16];
        Compressed = Gzip(bytes);
    }

    /// <summary>The script of <c>@scalar/api-reference</c>; null where the build had no npm.</summary>
    public static Lazy<ExplorerFile?> Script { get; } = new(() => Read("standalone.js"));

    /// <summary>What starts that script.</summary>
    public static Lazy<ExplorerFile?> Start { get; } = new(() => Read("explorer.js"));

    /// <summary>The page that loads the two.</summary>
    public static Lazy<ExplorerFile?> Page { get; } = new(() => Read("explorer.html"));

    /// <summary>The document that describes the SCIM endpoints, the token endpoint and the health checks.</summary>
    public static Lazy<ExplorerFile?> Scim { get; } = new(() => Read("scim.json"));

    /// <summary>The examples of the admin API, by method and path.</summary>
    public static Lazy<ExplorerFile?> Examples { get; } = new(() => Read("admin-examples.json"));

    /// <summary>What the parameters of the admin API are for, by where they are and their names.</summary>
    public static Lazy<ExplorerFile?> Parameters { get; } = new(() => Read("admin-parameters.json"));

    public byte[] Bytes { get; }

    public byte[] Compressed { get; }

    /// <summary>Tells one content from another, in an address.</summary>
    public string Hash { get; }

    private static ExplorerFile? Read(string name)
    {
        using var stream = typeof(ExplorerFile).Assembly.GetManifestResourceStream("Api.Explorer." + name);
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new ExplorerFile(bytes);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }
}
