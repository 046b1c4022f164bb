namespace Api.Admin;

/// <summary>A backup in the backups' folder.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Created">When it was begun.</param>
public sealed record BackupItem(string Name, long Bytes, DateTimeOffset Created);
