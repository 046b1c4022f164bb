namespace Grains.Abstractions.Directories;

/// <summary>The dialect of a directory as it crosses grain calls; the values are those of <c>Scim.Dialect</c>.</summary>
[GenerateSerializer, Alias("muster.DirectoryDialect")]
public enum DirectoryDialect
{
    Entra,
    Okta,
    Strict,
}
