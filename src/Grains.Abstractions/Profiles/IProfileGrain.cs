namespace Grains.Abstractions.Profiles;

/// <summary>A profile that a vendor has added, by its name. What it says is the front's to read; the grain keeps it.</summary>
[Alias("muster.IProfileGrain")]
public interface IProfileGrain : IGrainWithStringKey
{
    /// <summary>Puts the profile, or changes it. Directories that were made from it stay as they are.</summary>
    /// <param name="definition">The profile as JSON.</param>
    /// <returns>True where it was not there before.</returns>
    [Alias("Put")]
    Task<bool> Put(string definition);

    /// <returns>The profile as JSON, or null where there is none of that name.</returns>
    [Alias("Get")]
    ValueTask<string?> Get();

    /// <summary>Removes the profile. Directories that were made from it stay as they are.</summary>
    /// <returns>False where there is none of that name.</returns>
    [Alias("Remove")]
    Task<bool> Remove();

    /// <summary>Puts the profile in the place of what stands, or removes it, if that is what is expected.</summary>
    /// <param name="expected">What must stand: the profile as JSON, or null for none.</param>
    /// <param name="definition">What is to stand, or null for none.</param>
    /// <returns>False where something else stands, and nothing is changed.</returns>
    [Alias("Replace")]
    Task<bool> Replace(string? expected, string? definition);
}
