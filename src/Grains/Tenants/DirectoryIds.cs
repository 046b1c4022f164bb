using System.Security.Cryptography;

namespace Grains.Tenants;

/// <summary>Draws the ids of new directories. An engine whose storage has several parts may say in the id which of them a directory is kept in.</summary>
public class DirectoryIds
{
    private const int Length = 16;

    private const string Characters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>An id that no other directory has: 16 random characters, some 82 bits.</summary>
    public virtual string New() => RandomNumberGenerator.GetString(Characters, Length);
}
