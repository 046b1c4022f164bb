using Grains.Abstractions.Directories;

namespace Api.Security;

/// <summary>A token that this platform made for a directory: a key of it, or an access token.</summary>
/// <param name="Directory">The id of the directory.</param>
/// <param name="Hash">Of a key: SHA-256 of its secret part, by which the directory knows it.</param>
/// <param name="Access">Of an access token: what it says; null for a key.</param>
internal sealed record DirectoryToken(string Directory, byte[] Hash, AccessCredential? Access = null);
