namespace Grains.Storage;

/// <summary>The names that states and their storage provider are registered by.</summary>
public static class StorageNames
{
    /// <summary>The storage provider of all grains.</summary>
    public const string Provider = "muster";
}
