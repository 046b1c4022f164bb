namespace Entra.Requests;

/// <summary>How a create is written. Which it is depends on the customer's attribute mappings.</summary>
[Flags]
internal enum UserCreateShape
{
    /// <summary>What is unset is left out.</summary>
    Plain = 0,

    /// <summary>What is unset is written as null.</summary>
    WithNulls = 1,

    /// <summary>The enterprise schema is named as in Microsoft's misspelt sample, and has no attributes.</summary>
    MisspeltEnterprise = 2,
}
