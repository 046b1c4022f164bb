using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Filters;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Patching;

/// <summary>
/// A PATCH (RFC 7644 §3.5.2), checked against the schemas of a resource type. Immutable: it can be applied to several resources,
/// and to one again after a conflict.
/// </summary>
public sealed class PatchRequest
{
    private readonly IReadOnlyList<PatchStep> steps;
    private readonly ResourceType type;
    private readonly Dialect dialect;
    private readonly PatchLimits limits;

    private PatchRequest(IReadOnlyList<PatchStep> steps, ResourceType type, Dialect dialect, PatchLimits limits) =>
        (this.steps, this.type, this.dialect, this.limits) = (steps, type, dialect, limits);

    /// <summary>Whether nothing is asked for: the head of a PATCH that is all about members, or one that names only what is ignored.</summary>
    public bool IsEmpty => steps.Count == 0;

    /// <summary>Reads the body of a request. Throws on no bytes whatever.</summary>
    /// <param name="utf8">The body: a <c>PatchOp</c> message.</param>
    /// <param name="type">The type of the resource it is for.</param>
    /// <param name="dialect">How tolerant to be.</param>
    /// <param name="limits">The limits, or null for the defaults.</param>
    /// <returns>
    /// The request, or a 400 whose text names the operation: <c>invalidSyntax</c>, <c>invalidPath</c>, <c>invalidFilter</c>,
    /// <c>invalidValue</c>, <c>mutability</c>, or <c>noTarget</c> for a removal without a path.
    /// </returns>
    public static Result<PatchRequest> Parse(ReadOnlySpan<byte> utf8, ResourceType type, Dialect dialect, PatchLimits? limits = null) =>
        JsonBody.Parse(utf8, (limits ?? PatchLimits.Default).Resource.MaxDepth).TryGet(out var body, out var error)
            ? Parse(body, type, dialect, limits)
            : error;

    /// <summary>Reads a message that <see cref="JsonBody"/> has parsed already: the data of a bulk operation, say. The body is left as it is.</summary>
    public static Result<PatchRequest> Parse(JsonObject body, ResourceType type, Dialect dialect, PatchLimits? limits = null)
    {
        limits ??= PatchLimits.Default;
        if (type.BlankClears)
        {
            body = BlankValues.Cleared(body);
        }

        return new PatchReader(type, dialect, limits).Read(body).TryGet(out var steps, out var error)
            ? new PatchRequest(steps, type, dialect, limits)
            : error;
    }

    /// <summary>Whether an operation gives the attribute a value, be it the one that it has.</summary>
    public bool Sets(IndexedAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        foreach (var step in steps)
        {
            if (step.Kind != PatchOperationKind.Remove && attribute.IsOf(step.Path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Applies all operations, in order, or none (RFC 7644 §3.5.2: a PATCH is atomic).</summary>
    /// <param name="attributes">The normalised resource, as <see cref="ResourceReader"/> made it; it is left as it is.</param>
    /// <returns>The resource as it now stands, or a 400: <c>noTarget</c>, <c>mutability</c> or <c>invalidValue</c>.</returns>
    public Result<Replaced> Apply(JsonObject attributes) =>
        ApplyTo((JsonObject)attributes.DeepClone()).TryGet(out var replaced, out var error)
            ? replaced.Changed ? replaced : new Replaced(attributes, Changed: false)
            : error;

    /// <summary>
    /// As <see cref="Apply"/>, on a tree that is given up for it: it is changed in place, and what no operation touches is neither
    /// copied nor looked at. Of the result the resource is only to be used where it changed.
    /// </summary>
    /// <param name="resource">The normalised resource, valid by the rules that the result is checked by.</param>
    public Result<Replaced> ApplyTo(JsonObject resource)
    {
        var patcher = new ResourcePatcher(resource, dialect);
        foreach (var step in steps)
        {
            if (patcher.Apply(step) is { } error)
            {
                return PatchReader.At(step.Operation, error);
            }
        }

        if (patcher.CheckTouched() is { } missing)
        {
            return missing;
        }

        if (!patcher.HasChanged)
        {
            return new Replaced(resource, Changed: false);
        }

        ResourceRules.SetSchemas(resource, type);
        return ResourceRules.CheckMembers(resource, type, patcher.Touches, limits.Resource) is { } fault
            ? fault
            : new Replaced(resource, Changed: true);
    }

    /// <summary>
    /// Takes out what concerns the members of a group, which are kept apart from its attributes. For any other type the head is the
    /// request itself.
    /// </summary>
    /// <returns>The two parts, or a 400 where members are addressed in a way that would need to look at all of them.</returns>
    public Result<MemberSplit> SplitMembers()
    {
        var head = new List<PatchStep>();
        var members = new List<MemberOperation>();
        var attribute = type.Schema.Id == SchemaUrns.Group ? type.FindAttribute(GroupMembers.Attribute) : null;
        foreach (var step in steps)
        {
            if (attribute is null || step.Path.Attribute != attribute)
            {
                head.Add(step);
            }
            else if (MemberSplitter.Add(step, members) is { } error)
            {
                return PatchReader.At(step.Operation, error);
            }
        }

        return new MemberSplit(head.Count == steps.Count ? this : new PatchRequest(head, type, dialect, limits), members);
    }
}
