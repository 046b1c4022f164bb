namespace Scim.Patching;

/// <summary>The operations of RFC 7644 §3.5.2.</summary>
internal enum PatchOperationKind
{
    Add,
    Remove,
    Replace,
}
