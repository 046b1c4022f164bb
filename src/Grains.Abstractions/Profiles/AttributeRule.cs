namespace Grains.Abstractions.Profiles;

/// <summary>What a directory asks of an attribute of its users beyond what the schema says.</summary>
[GenerateSerializer, Immutable, Alias("muster.AttributeRule")]
public sealed record AttributeRule
{
    /// <summary>The attribute, sub-attribute or filtered path: <c>name.givenName</c>, <c>emails[type eq "work"].value</c>.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>A user without it is refused (400 <c>invalidValue</c>).</summary>
    [Id(1)]
    public bool Required { get; init; }

    [Id(2)]
    public AttributeFormat Format { get; init; }
}
