using Grains.Abstractions.Directories;

namespace Api.Setup;

/// <summary>Where a setup link leads, in the words of the people there.</summary>
/// <param name="Product">What is provisioned into.</param>
/// <param name="Tenant">The name of the tenant.</param>
/// <param name="Directory">The name of the directory.</param>
/// <param name="Link">The link.</param>
/// <param name="Guide">How to speak of the identity provider.</param>
internal sealed record SetupPlace(string Product, string Tenant, string Directory, SetupLink Link, SetupGuide Guide);
