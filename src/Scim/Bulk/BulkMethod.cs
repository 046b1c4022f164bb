namespace Scim.Bulk;

/// <summary>What an operation of a bulk request does (RFC 7644 §3.7).</summary>
public enum BulkMethod
{
    Post,
    Put,
    Patch,
    Delete,
}
