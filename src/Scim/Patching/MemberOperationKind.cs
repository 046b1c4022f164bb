namespace Scim.Patching;

/// <summary>What an operation does with the members of a group.</summary>
public enum MemberOperationKind
{
    /// <summary>The values become members; those that are members already stay so.</summary>
    Add,

    /// <summary>The values cease to be members; those that are none do not matter.</summary>
    Remove,

    /// <summary>The values are the members, and nobody else is.</summary>
    Replace,

    /// <summary>Nobody is a member.</summary>
    RemoveAll,
}
