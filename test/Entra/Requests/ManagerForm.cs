namespace Entra.Requests;

/// <summary>The forms in which Entra has been seen to set and to take away a manager.</summary>
internal enum ManagerForm
{
    /// <summary>A list of one reference: <c>[{"$ref":"…","value":"id"}]</c>.</summary>
    ReferenceList,

    /// <summary>The id as a plain string.</summary>
    PlainString,

    /// <summary><c>{"value":"id"}</c>.</summary>
    Object,

    /// <summary>As <see cref="ReferenceList"/>, with the path qualified by the enterprise schema.</summary>
    QualifiedPath,
}
