using System.ComponentModel;

namespace Api.Profiles;

/// <summary>How long deleted users are kept.</summary>
public sealed record ProfileArchive
{
    [Description("After how many days a deleted user is erased for good; never where it is not given.")]
    public int? RetentionDays { get; init; }
}
