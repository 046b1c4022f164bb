namespace Api.Admin;

/// <summary>A backup that was made and found whole.</summary>
/// <param name="Name">The name of its file in the backups' folder.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Created">When it was begun; all that was acknowledged before that is in it.</param>
/// <param name="Seconds">How long it took, the checking included.</param>
/// <param name="Rows">How many rows it holds.</param>
public sealed record Backup(string Name, long Bytes, DateTimeOffset Created, double Seconds, long Rows);
