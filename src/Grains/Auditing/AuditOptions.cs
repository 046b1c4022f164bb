namespace Grains.Auditing;

/// <summary>Settings of audit records.</summary>
public sealed class AuditOptions
{
    /// <summary>The default of <see cref="Days"/>: a year and a month.</summary>
    public const int DefaultDays = 400;

    /// <summary>For how many days entries are kept.</summary>
    public int Days { get; set; } = DefaultDays;
}
