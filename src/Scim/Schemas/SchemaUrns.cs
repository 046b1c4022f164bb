namespace Scim.Schemas;

/// <summary>The URNs of the standard schemas (RFC 7643 §10.3, RFC 7644 §8.2), in canonical spelling.</summary>
public static class SchemaUrns
{
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string EnterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    public const string Schema = "urn:ietf:params:scim:schemas:core:2.0:Schema";
    public const string ResourceType = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
    public const string ServiceProviderConfig = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

    /// <summary>The enterprise extension as one of Microsoft's documented samples misspells it. Understood outside <see cref="Dialect.Strict"/>.</summary>
    public const string EnterpriseUserMisspelt = "urn:ietf:params:scim:schemas:extension:enterprise:2.0User";

    /// <summary>Gives the URN by which an extension is to be looked up: the misspelling that Entra ID sends is put right in the tolerant dialects.</summary>
    public static string Respell(string urn, Dialect dialect) =>
        dialect != Dialect.Strict && string.Equals(urn, EnterpriseUserMisspelt, StringComparison.OrdinalIgnoreCase) ? EnterpriseUser : urn;
}
