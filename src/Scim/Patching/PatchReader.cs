using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Filters;
using Scim.Paths;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Patching;

/// <summary>Reads a <c>PatchOp</c> message into steps: finds each target, normalises each value, and checks what needs no resource.</summary>
internal sealed class PatchReader(ResourceType type, Dialect dialect, PatchLimits limits)
{
    private const string PatchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private const string ValueName = "value";

    private readonly List<PatchStep> steps = [];
    private readonly bool isStrict = dialect == Dialect.Strict;

    public static ScimError At(int operation, ScimError error) => error with { Detail = $"Operations[{operation}]: {error.Detail}" };

    public Result<IReadOnlyList<PatchStep>> Read(JsonObject body)
    {
        if (CheckSchemas(body) is { } error)
        {
            return error;
        }

        if (Member(body, "Operations") is not JsonArray { Count: > 0 } operations)
        {
            return ScimError.InvalidSyntax("'Operations' must be an array of at least one operation.");
        }

        if (operations.Count > limits.MaxOperations)
        {
            return ScimError.TooMany($"The request has {operations.Count} operations; the limit is {limits.MaxOperations}.");
        }

        for (var i = 0; i < operations.Count; i++)
        {
            if (ReadOperation(operations[i], i) is { } fault)
            {
                return At(i, fault);
            }
        }

        return steps;
    }

    private ScimError? CheckSchemas(JsonObject body)
    {
        var schemas = Member(body, "schemas");
        if (schemas is null && !isStrict)
        {
            return null;
        }

        return schemas is JsonArray urns && urns.Any(urn => string.Equals(Text(urn), PatchOp, StringComparison.OrdinalIgnoreCase))
            ? null
            : ScimError.InvalidSyntax($"'schemas' must include '{PatchOp}'.");
    }

    private ScimError? ReadOperation(JsonNode? node, int operation)
    {
        if (node is not JsonObject members)
        {
            return ScimError.InvalidSyntax("An operation must be an object.");
        }

        if (ReadKind(Text(Member(members, "op"))) is not { } kind)
        {
            return ScimError.InvalidSyntax("'op' must be 'add', 'remove' or 'replace'.");
        }

        var pathNode = Member(members, "path");
        if (pathNode is not null && Text(pathNode) is null)
        {
            return ScimError.InvalidPath("'path' must be a string.");
        }

        // RFC 7643 §2.5: null is a value, which makes the attribute unassigned.
        var hasValue = TryGetMember(members, ValueName, out var value);
        if (!hasValue && kind != PatchOperationKind.Remove)
        {
            return ScimError.InvalidValue($"'value' is required for '{Text(Member(members, "op"))}'.");
        }

        if (Text(pathNode) is not { } path || (path.Length == 0 && !isStrict))
        {
            return ReadWithoutPath(kind, value, operation);
        }

        return PatchPath.Parse(path, limits.Filter).TryGet(out var target, out var error)
            ? ReadTarget(kind, target, value, isNamed: true, operation)
            : error;
    }

    private PatchOperationKind? ReadKind(string? op)
    {
        var comparison = isStrict ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return op switch
        {
            _ when string.Equals(op, "add", comparison) => PatchOperationKind.Add,
            _ when string.Equals(op, "remove", comparison) => PatchOperationKind.Remove,
            _ when string.Equals(op, "replace", comparison) => PatchOperationKind.Replace,
            _ => null,
        };
    }

    /// <summary>RFC 7644 §3.5.2.1 and §3.5.2.3: without a path, the value holds the attributes to be added or replaced.</summary>
    private ScimError? ReadWithoutPath(PatchOperationKind kind, JsonNode? value, int operation)
    {
        if (kind == PatchOperationKind.Remove)
        {
            return ScimError.NoTarget("'remove' needs a 'path'.");
        }

        if (isStrict)
        {
            return ScimError.InvalidPath("This directory's dialect is strict: each operation needs a 'path'.");
        }

        if (value is not JsonObject members)
        {
            return ScimError.InvalidValue("Without a 'path', 'value' must be an object of attributes.");
        }

        return ReadMembers(kind, members, prefix: "", operation);
    }

    private ScimError? ReadMembers(PatchOperationKind kind, JsonObject members, string prefix, int operation)
    {
        foreach (var (name, value) in members)
        {
            if (PatchPath.Parse(prefix + name, limits.Filter).TryGet(out var target, out var error))
            {
                error = ReadTarget(kind, target, value, isNamed: false, operation);
            }
            else if (!isStrict && !name.Contains('['))
            {
                // No attribute has such a name, so it is one of those that are ignored.
                error = null;
            }

            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    /// <param name="kind">What to do.</param>
    /// <param name="target">Where.</param>
    /// <param name="value">The value, or null.</param>
    /// <param name="isNamed">Whether the target is the operation's path. Within a value, the tolerant dialects ignore what is unknown or readOnly.</param>
    /// <param name="operation">The index of the operation.</param>
    private ScimError? ReadTarget(PatchOperationKind kind, PatchPath target, JsonNode? value, bool isNamed, int operation)
    {
        var mayIgnore = !isNamed && !isStrict;
        if (!target.Path.Resolve(type, dialect).TryGet(out var path, out var error))
        {
            return mayIgnore ? null : error;
        }

        if (path.Attribute is not { } attribute)
        {
            return target.ValueFilter is null
                ? ReadExtension(kind, path, value, operation)
                : ScimError.InvalidPath($"'{path.Canonical}' is an extension, and has no values to choose from.");
        }

        if (attribute == CommonAttributes.Schemas)
        {
            // RFC 7643 §3: it says which schemas a resource has values of, so it follows from them.
            return kind == PatchOperationKind.Remove ? ScimError.Mutability("'schemas' is required.") : null;
        }

        if (attribute.Mutability == Mutability.ReadOnly || path.SubAttribute?.Mutability == Mutability.ReadOnly)
        {
            return mayIgnore ? null : ScimError.Mutability($"'{path.Canonical}' is readOnly.");
        }

        if (path.SubAttribute is not null && ValueNormaliser.IsMadeFromValue(path.SubAttribute, attribute))
        {
            return null;
        }

        ElementFilter? filter = null;
        if (target.ValueFilter is not null)
        {
            if (!attribute.MultiValued && attribute.Type != AttributeType.Complex)
            {
                return ScimError.InvalidPath($"'{path.Canonical}' has one value, and no filter can follow it.");
            }

            var name = path.SubAttribute is null ? path.Canonical : path.Canonical[..^(path.SubAttribute.Name.Length + 1)];
            if (!ElementFilterCompiler.Compile(target.ValueFilter, attribute, name, dialect).TryGet(out filter, out error))
            {
                return error;
            }
        }

        return kind == PatchOperationKind.Remove
            ? ReadRemoval(path, filter, value, operation)
            : ReadValue(kind, path, filter, value, operation);
    }

    private ScimError? ReadExtension(PatchOperationKind kind, ResolvedPath path, JsonNode? value, int operation)
    {
        if (kind == PatchOperationKind.Remove || value is null || Text(value) is "")
        {
            if (type.FindExtension(path.Canonical) is { Required: true })
            {
                return ScimError.Mutability($"The extension '{path.Canonical}' is required.");
            }

            steps.Add(new PatchStep(PatchOperationKind.Remove, path, Filter: null, Value: null, IsClearing: kind != PatchOperationKind.Remove, operation));
            return null;
        }

        return value is JsonObject members
            ? ReadMembers(kind, members, path.Canonical + ":", operation)
            : ScimError.InvalidValue($"'{path.Canonical}' must be an object.");
    }

    private ScimError? ReadRemoval(ResolvedPath path, ElementFilter? filter, JsonNode? value, int operation)
    {
        // RFC 7644 §3.5.2.2: "If an attribute is removed or becomes unassigned and is defined as a required attribute or a read-only
        // attribute, the server SHALL return ... a 'scimType' error code of 'mutability'."
        if ((path.SubAttribute ?? (filter is null ? path.Attribute! : null)) is { Required: true })
        {
            return ScimError.Mutability($"'{path.Canonical}' is required and cannot be removed.");
        }

        JsonNode? listed = null;
        if (!isStrict && value is not null && filter is null && path is { SubAttribute: null, Attribute.MultiValued: true })
        {
            // Entra ID lists the values to be removed. An empty list removes none: it must not pass for a removal of all.
            if (ReadArray(path, value, out listed) is { } error)
            {
                return error;
            }

            listed ??= new JsonArray();
        }

        steps.Add(new PatchStep(PatchOperationKind.Remove, path, filter, listed, IsClearing: false, operation));
        return null;
    }

    private ScimError? ReadValue(PatchOperationKind kind, ResolvedPath path, ElementFilter? filter, JsonNode? value, int operation)
    {
        var attribute = path.Attribute!;
        var target = path.SubAttribute ?? attribute;
        var isWholeList = attribute.MultiValued && filter is null && path.SubAttribute is null;
        JsonNode? normalised;
        ScimError? error;
        if (isWholeList)
        {
            // RFC 7644 §3.5.2.1: "a new value is added to the attribute"; one alone need not be in an array.
            var values = value is JsonArray or null || kind == PatchOperationKind.Replace ? value : new JsonArray(value.DeepClone());
            error = ReadArray(path, values, out normalised);
            if (error is null && normalised is null && kind == PatchOperationKind.Add)
            {
                return null;
            }
        }
        else if (target.Type == AttributeType.Complex)
        {
            error = ReadComplex(path, value, out normalised);
        }
        else
        {
            error = path.SubAttribute is null
                ? ValueNormaliser.NormaliseElement(value, target, path.Canonical, dialect, out normalised)
                : ValueNormaliser.Normalise(value, target, path.Canonical, dialect, out normalised);
        }

        if (error is not null)
        {
            return error;
        }

        if (normalised is null && target.Required && (filter is null || path.SubAttribute is not null))
        {
            return ScimError.InvalidValue($"'{path.Canonical}' is required.");
        }

        steps.Add(new PatchStep(normalised is null ? PatchOperationKind.Remove : kind, path, filter, normalised, IsClearing: normalised is null, operation));
        return null;
    }

    private ScimError? ReadArray(ResolvedPath path, JsonNode? value, out JsonNode? normalised)
    {
        normalised = null;
        var attribute = path.Attribute!;
        var max = attribute.Name == GroupMembers.Attribute ? limits.Resource.MaxMembers : limits.Resource.MaxValues;
        return value is JsonArray elements && elements.Count > max
            ? ScimError.InvalidValue($"'{path.Canonical}' has {elements.Count} values; the limit is {max}.")
            : ValueNormaliser.Normalise(value, attribute, path.Canonical, dialect, out normalised);
    }

    /// <summary>
    /// Reads a complex value to be merged, sub-attribute by sub-attribute, because those it does not name may be there already. Null
    /// for a value that clears.
    /// </summary>
    private ScimError? ReadComplex(ResolvedPath path, JsonNode? value, out JsonNode? normalised)
    {
        normalised = null;
        var complex = path.SubAttribute ?? path.Attribute!;
        if (!isStrict)
        {
            // Entra ID sends a manager as [{"value":"id"}] and as "id".
            value = value switch
            {
                JsonArray { Count: 0 } => null,
                JsonArray { Count: 1 } alone => alone[0],
                _ => value,
            };
            if (Text(value) is { } text && complex.FindSubAttribute(ValueName) is not null)
            {
                value = text.Length == 0 ? null : new JsonObject { [ValueName] = text };
            }
        }

        if (value is null || (Text(value) is "" && !isStrict))
        {
            return null;
        }

        if (value is not JsonObject members)
        {
            return ScimError.InvalidValue($"'{path.Canonical}' must be an object.");
        }

        var merged = new JsonObject();
        foreach (var (name, inner) in members)
        {
            if (complex.FindSubAttribute(name) is not { } sub)
            {
                if (isStrict)
                {
                    return ScimError.InvalidPath($"'{path.Canonical}' has no sub-attribute '{Shown.Text(name)}'.");
                }

                continue;
            }

            if (sub.Mutability == Mutability.ReadOnly || ValueNormaliser.IsMadeFromValue(sub, complex))
            {
                continue;
            }

            var subPath = $"{path.Canonical}.{sub.Name}";
            if (ValueNormaliser.Normalise(inner, sub, subPath, dialect, out var kept) is { } error)
            {
                return error;
            }

            if (kept is null && sub.Required)
            {
                return ScimError.InvalidValue($"'{subPath}' is required.");
            }

            merged[sub.Name] = kept;
        }

        normalised = merged;
        return null;
    }

    private static string? Text(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static JsonNode? Member(JsonObject owner, string name) => TryGetMember(owner, name, out var value) ? value : null;

    /// <summary>Names of members are compared without regard to case (RFC 7643 §2.1).</summary>
    private static bool TryGetMember(JsonObject owner, string name, out JsonNode? value)
    {
        if (owner.TryGetPropertyValue(name, out value))
        {
            return true;
        }

        foreach (var (key, member) in owner)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                value = member;
                return true;
            }
        }

        return false;
    }
}
