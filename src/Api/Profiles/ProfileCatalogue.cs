using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Profiles;

namespace Api.Profiles;

/// <summary>All profiles: those that come with Muster, and the vendor's own.</summary>
internal sealed class ProfileCatalogue(IGrainFactory grains)
{
    private const string Folder = "Api.profiles.";

    /// <summary>The JSON schema of profiles, as it stands in <c>profiles/profile.schema.json</c>.</summary>
    public static byte[] JsonSchema { get; } = Resource(Folder + "profile.schema.json");

    /// <summary>The profiles that come with Muster, by name.</summary>
    public static FrozenDictionary<string, Profile> Shipped { get; } = typeof(ProfileCatalogue).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && !n.EndsWith(".schema.json", StringComparison.Ordinal))
        .Select(n => ProfileJson.Read(Resource(n)))
        .ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>The profile of that name, or null.</summary>
    public async ValueTask<Profile?> Find(string name)
    {
        if (Shipped.TryGetValue(name, out var shipped))
        {
            return shipped;
        }

        return (await Own(name)).Profile;
    }

    /// <summary>The vendor's own profile of that name, with the text that it is kept as; nulls where there is none.</summary>
    public async ValueTask<(Profile? Profile, string? Definition)> Own(string name) =>
        GrainKeys.IsPart(name) && await grains.GetGrain<IProfileGrain>(name).Get() is { } definition
            ? (ProfileJson.Read(Encoding.UTF8.GetBytes(definition)), definition)
            : (null, null);

    /// <summary>The names of all profiles, in order: the shipped ones, and those of the vendor's own that may be there.</summary>
    public async Task<IReadOnlyList<string>> Names() =>
        [.. (await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Profiles()).Concat(Shipped.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Puts a valid profile of the vendor's own in the place of what is there, or removes it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expected">The text of what was found there, or null for nothing.</param>
    /// <param name="now">What is to be there, or null for nothing.</param>
    /// <returns>False where something else is there by now.</returns>
    public async Task<bool> Replace(string name, string? expected, Profile? now) =>
        GrainKeys.IsPart(name)
        && await grains.GetGrain<IProfileGrain>(name).Replace(expected, now is null ? null : JsonSerializer.Serialize(now, ProfileJson.Options));

    private static byte[] Resource(string name)
    {
        using var stream = typeof(ProfileCatalogue).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
