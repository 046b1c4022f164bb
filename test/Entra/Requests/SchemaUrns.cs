namespace Entra.Requests;

/// <summary>The schema and message URNs that Entra writes, or that an answer must carry.</summary>
internal static class SchemaUrns
{
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string EnterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>One of Microsoft's samples leaves out the colon, and so do jobs that were built from it.</summary>
    public const string MisspeltEnterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0User";

    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /// <summary>Entra adds this to each group it creates. No attribute belongs to it.</summary>
    public const string MicrosoftGroup = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

    public const string PatchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    public const string ListResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    public const string Error = "urn:ietf:params:scim:api:messages:2.0:Error";
}
