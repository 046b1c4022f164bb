namespace Api.Moving;

/// <summary>What became of the lines of a kind.</summary>
/// <param name="Created">How many were made.</param>
/// <param name="AlreadyThere">How many stood there already, just as they are in the file.</param>
/// <param name="Refused">How many were not taken.</param>
public sealed record ImportCounts(long Created, long AlreadyThere, long Refused);
