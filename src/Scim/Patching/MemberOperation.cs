using Scim.Resources;

namespace Scim.Patching;

/// <summary>One change of a group's members (RFC 7644 §3.5.2).</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Values">With whom: distinct by value, in the order of the request; none for <see cref="MemberOperationKind.RemoveAll"/>.</param>
public sealed record MemberOperation(MemberOperationKind Kind, IReadOnlyList<MemberValue> Values);
