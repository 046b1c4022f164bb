namespace Grains.Abstractions.Profiles;

/// <summary>A shape that a text must have beside being a text.</summary>
[GenerateSerializer, Alias("muster.AttributeFormat")]
public enum AttributeFormat
{
    None,

    /// <summary>An e-mail address: <c>local@domain</c>.</summary>
    Email,
}
