namespace Entra.Options;

/// <summary>A mapping as it stands in its file.</summary>
internal sealed record MappingFile
{
    /// <summary>The paths of what is sent, <c>active</c> apart, which always is.</summary>
    public required string[] Attributes { get; init; }

    /// <summary>Those of them that the server asks of every user.</summary>
    public string[]? Required { get; init; }

    /// <summary>Whether groups are provisioned.</summary>
    public bool Groups { get; init; }

    /// <summary>Whether managers are.</summary>
    public bool Managers { get; init; }

    /// <summary>Whether creates carry <c>roles</c>.</summary>
    public bool Roles { get; init; }

    /// <summary>Whether what was cleared is sent as a blank.</summary>
    public bool BlankClears { get; init; }
}
