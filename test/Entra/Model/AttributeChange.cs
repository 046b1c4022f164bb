namespace Entra.Model;

/// <summary>One value that a PATCH is to set, or, when <paramref name="New"/> is null, to clear.</summary>
internal readonly record struct AttributeChange(UserAttribute Attribute, string? Old, string? New);
