namespace Api.Hosting;

/// <summary>What the front learned of the platform when it opened.</summary>
internal sealed class PlatformState
{
    private volatile byte[]? tokenCheckKey;

    /// <summary>The key by which tokens made by this platform are recognised, or null while it is not open.</summary>
    public byte[]? TokenCheckKey => tokenCheckKey;

    /// <summary>Whether requests can be served.</summary>
    public bool IsOpen => tokenCheckKey is not null;

    /// <summary>The platform is open.</summary>
    public void Open(byte[] key) => tokenCheckKey = key;
}
