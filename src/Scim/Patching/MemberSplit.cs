namespace Scim.Patching;

/// <summary>A PATCH of a group in two: its own attributes, and its members, which are kept elsewhere.</summary>
/// <param name="Head">What concerns the attributes; changes nothing where all is about members.</param>
/// <param name="Members">What concerns the members, to be done in this order.</param>
public sealed record MemberSplit(PatchRequest Head, IReadOnlyList<MemberOperation> Members);
