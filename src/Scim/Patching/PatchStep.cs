using System.Text.Json.Nodes;
using Scim.Filters;
using Scim.Paths;

namespace Scim.Patching;

/// <summary>
/// One change to one attribute, checked as far as it can be without the resource. An operation without a path makes one for each
/// attribute it names.
/// </summary>
/// <param name="Kind">What to do. A value that clears is a <see cref="PatchOperationKind.Remove"/>.</param>
/// <param name="Path">The target; its attribute is null for a whole extension, which can only be removed.</param>
/// <param name="Filter">Which values of the attribute are meant, or null for all.</param>
/// <param name="Value">
/// The normalised value. For a complex value that is merged, an object in which null stands for a sub-attribute to clear. For the
/// removal of listed values, the array of them; for any other removal null. Never changed: what goes into a resource is a clone.
/// </param>
/// <param name="IsClearing">Whether a removal was asked for by an empty value.</param>
/// <param name="Operation">The index of the operation it comes from, for the error's text.</param>
internal sealed record PatchStep(
    PatchOperationKind Kind, ResolvedPath Path, ElementFilter? Filter, JsonNode? Value, bool IsClearing, int Operation);
