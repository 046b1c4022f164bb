namespace Grains.Storage;

/// <summary>The names that states and their storage provider are registered by.</summary>
public static class StorageNames
{
    /// <summary>The storage provider of all grains.</summary>
    public const string Provider = "muster";

    /// <summary>The state of a user.</summary>
    public const string User = "user";

    /// <summary>The state of a group.</summary>
    public const string Group = "group";
}
