namespace Api.Security;

/// <summary>A token that this platform made for a directory.</summary>
/// <param name="Directory">The id of the directory.</param>
/// <param name="Hash">SHA-256 of its secret part, by which the directory knows it.</param>
internal sealed record DirectoryToken(string Directory, byte[] Hash);
