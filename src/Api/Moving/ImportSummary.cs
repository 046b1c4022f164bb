namespace Api.Moving;

/// <summary>What an import came to.</summary>
/// <param name="Users">Users.</param>
/// <param name="Groups">Groups.</param>
/// <param name="Members">Memberships.</param>
/// <param name="Resources">Resources of the directory's own types.</param>
/// <param name="Refusals">What was not taken, by line; the first hundred.</param>
/// <param name="RefusalsLeftOff">How many more there are.</param>
/// <param name="Archived">Users in the archive, where the file has any.</param>
/// <param name="OrgUnits">Org units, where the file has any.</param>
public sealed record ImportSummary(ImportCounts Users, ImportCounts Groups, ImportCounts Members, ImportCounts? Resources, IReadOnlyList<ImportRefusal> Refusals, long RefusalsLeftOff, ImportCounts? Archived = null, ImportCounts? OrgUnits = null);
