namespace Grains.Abstractions.Resources;

/// <summary>How a member took a <see cref="Membership"/>.</summary>
[GenerateSerializer, Alias("muster.MembershipStatus")]
public enum MembershipStatus
{
    /// <summary>Durable, or older than what already stands, which is as good.</summary>
    Ok,

    /// <summary>There is no such resource: it cannot be a member.</summary>
    Gone,

    /// <summary>Storage did not confirm; try again.</summary>
    Retry,
}
