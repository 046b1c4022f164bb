using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Filters;
using Scim.Paths;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Patching;

/// <summary>Applies steps to a resource that is its own to change (RFC 7644 §3.5.2.1 to §3.5.2.3).</summary>
internal sealed class ResourcePatcher(JsonObject resource, Dialect dialect)
{
    private const string Primary = "primary";
    private const string Type = "type";

    private readonly bool isStrict = dialect == Dialect.Strict;
    private readonly Dictionary<string, ResolvedPath> touched = new(StringComparer.Ordinal);

    /// <summary>The members of the resource that steps may have changed, as they were before.</summary>
    private readonly List<(string Name, JsonNode? Before)> originals = new(4);

    /// <summary>Whether anything is different from before.</summary>
    public bool HasChanged
    {
        get
        {
            foreach (var (name, before) in originals)
            {
                if (!JsonEquality.DeepEquals(before, resource[name]))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether steps may have changed a member of the resource.</summary>
    public bool Touches(string member)
    {
        foreach (var (name, _) in originals)
        {
            if (name == member)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Applies one step. After a fault the resource is half changed and must be thrown away.</summary>
    public ScimError? Apply(PatchStep step)
    {
        var path = step.Path;
        KeepOriginal(path.Extension?.Id ?? path.Attribute!.Name);
        if (path.Attribute is not { } attribute)
        {
            resource.Remove(path.Canonical);
            return null;
        }

        if (Owner(path, create: step.Kind != PatchOperationKind.Remove) is not { } owner)
        {
            // Nothing to remove, in an extension that is not there.
            return NothingMatched(step);
        }

        if (attribute.Type == AttributeType.Complex)
        {
            touched[path.SubAttribute is null ? path.Canonical : path.Canonical[..^(path.SubAttribute.Name.Length + 1)]] = path;
        }

        var before = attribute.Mutability == Mutability.Immutable ? owner[attribute.Name]?.DeepClone() : null;
        var error = attribute.MultiValued || attribute.Type == AttributeType.Complex
            ? ApplyToElements(step, owner, attribute)
            : ApplyToSimple(step, owner, attribute);
        if (error is null && before is not null && !JsonEquality.DeepEquals(before, owner[attribute.Name]))
        {
            error = ScimError.Mutability($"'{path.Canonical}' is immutable, and has a value.");
        }

        if (path.Extension is not null && owner.Count == 0)
        {
            resource.Remove(path.Extension.Id);
        }

        return error;
    }

    /// <summary>Looks for complex values that a step left without a required sub-attribute.</summary>
    public ScimError? CheckTouched()
    {
        foreach (var (name, path) in touched)
        {
            var attribute = path.Attribute!;
            var missing = Owner(path, create: false)?[attribute.Name] switch
            {
                JsonArray elements => elements.OfType<JsonObject>().Select(element => ValueNormaliser.MissingSubAttribute(element, attribute))
                    .FirstOrDefault(sub => sub is not null),
                JsonObject complex => ValueNormaliser.MissingSubAttribute(complex, attribute),
                _ => null,
            };
            if (missing is not null)
            {
                return ScimError.InvalidValue($"'{name}.{missing}' is required.");
            }
        }

        return null;
    }

    private void KeepOriginal(string member)
    {
        if (Touches(member))
        {
            return;
        }

        // A simple value is replaced, not changed, so it can be kept as it is.
        var before = resource[member];
        originals.Add((member, before is JsonValue ? before : before?.DeepClone()));
    }

    private JsonObject? Owner(ResolvedPath path, bool create)
    {
        if (path.Extension is null)
        {
            return resource;
        }

        if (resource[path.Extension.Id] is JsonObject owner)
        {
            return owner;
        }

        if (!create)
        {
            return null;
        }

        owner = [];
        resource[path.Extension.Id] = owner;
        return owner;
    }

    private static ScimError? ApplyToSimple(PatchStep step, JsonObject owner, AttributeDefinition attribute)
    {
        if (step.Kind == PatchOperationKind.Remove)
        {
            owner.Remove(attribute.Name);
        }
        else
        {
            owner[attribute.Name] = step.Value!.DeepClone();
        }

        return null;
    }

    /// <summary>Takes the values out, changes them, and puts them back where they were. A single-valued complex attribute is a list of one.</summary>
    private ScimError? ApplyToElements(PatchStep step, JsonObject owner, AttributeDefinition attribute)
    {
        var elements = new List<JsonNode>();
        var array = owner[attribute.Name] as JsonArray;
        if (array is not null)
        {
            elements.AddRange(array!);
            array.Clear();
        }
        else if (owner[attribute.Name] is { } alone)
        {
            elements.Add(alone);

            // Keeps its place among the attributes.
            owner[attribute.Name] = null;
        }

        var primaries = elements.Where(ValueList.IsPrimary).ToHashSet();
        if (Change(step, elements, attribute) is { } error)
        {
            return error;
        }

        ValueList.KeepOnePrimary(elements, primaries);
        if (elements.Count == 0)
        {
            owner.Remove(attribute.Name);
        }
        else if (!attribute.MultiValued)
        {
            owner[attribute.Name] = elements[0];
        }
        else
        {
            array ??= [];
            foreach (var element in elements)
            {
                array.Add(element);
            }

            if (array.Parent is null)
            {
                owner[attribute.Name] = array;
            }
        }

        return null;
    }

    private ScimError? Change(PatchStep step, List<JsonNode> elements, AttributeDefinition attribute)
    {
        if (step.Filter is not null)
        {
            return ChangeMatching(step, step.Filter, elements, attribute);
        }

        if (step.Path.SubAttribute is not null)
        {
            return elements.Count == 0 ? Create(step, elements, attribute) : ChangeAll(step, elements, elements);
        }

        if (!attribute.MultiValued)
        {
            return ChangeComplex(step, elements);
        }

        switch (step.Kind)
        {
            case PatchOperationKind.Add:
                ValueList.Append((JsonArray)step.Value!, elements);
                break;
            case PatchOperationKind.Replace:
                elements.Clear();
                elements.AddRange(((JsonArray)step.Value!).Select(element => element!.DeepClone()));
                break;
            default:
                ValueList.RemoveListed(step.Value as JsonArray, elements, attribute);
                break;
        }

        return null;
    }

    /// <summary>
    /// RFC 7644 §3.5.2.1 and §3.5.2.3: for a complex attribute, the sub-attributes given are set; "the other sub-attributes are left
    /// unchanged".
    /// </summary>
    private ScimError? ChangeComplex(PatchStep step, List<JsonNode> elements)
    {
        if (step.Kind == PatchOperationKind.Remove)
        {
            elements.Clear();
            return null;
        }

        if (elements.Count == 0)
        {
            elements.Add(new JsonObject());
        }

        return ChangeAll(step, elements, elements);
    }

    private ScimError? ChangeMatching(PatchStep step, ElementFilter filter, List<JsonNode> elements, AttributeDefinition attribute)
    {
        var matching = elements.Where(element => filter.Matches(element)).ToList();
        if (matching.Count == 0)
        {
            // A single value that is there and does not match is not to be written over.
            return elements.Count > 0 && !attribute.MultiValued ? NothingMatched(step) : Create(step, elements, attribute);
        }

        if (step.Path.SubAttribute is null && step.Kind == PatchOperationKind.Remove)
        {
            var removed = matching.ToHashSet();
            elements.RemoveAll(removed.Contains);
            return null;
        }

        return step.Path.SubAttribute is null && (step.Kind == PatchOperationKind.Replace || attribute.Type != AttributeType.Complex)
            ? ReplaceElements(step, filter, matching, elements, attribute)
            : ChangeAll(step, matching, elements);
    }

    /// <summary>RFC 7644 §3.5.2.3: with a filter that matches, "all matching record values SHALL be replaced".</summary>
    private ScimError? ReplaceElements(
        PatchStep step, ElementFilter filter, List<JsonNode> matching, List<JsonNode> elements, AttributeDefinition attribute)
    {
        if (MakeElement(step, isStrict ? null : filter, attribute, out var made) is { } error)
        {
            return error;
        }

        // They all become the same value, and a value stands in an attribute once.
        var first = elements.IndexOf(matching[0]);
        if (attribute.Type == AttributeType.Complex && matching.Exists(old => ChangesImmutable((JsonObject)old, made as JsonObject, attribute)))
        {
            return ScimError.Mutability($"'{step.Path.Canonical}' has immutable sub-attributes.");
        }

        var removed = matching.ToHashSet();
        elements.RemoveAll(removed.Contains);
        if (made is not null && !ValueList.Contains(elements, made))
        {
            elements.Insert(Math.Min(first, elements.Count), made);
        }

        return null;
    }

    private static bool ChangesImmutable(JsonObject old, JsonObject? made, AttributeDefinition attribute)
    {
        foreach (var sub in attribute.SubAttributes)
        {
            if (sub.Mutability == Mutability.Immutable && old[sub.Name] is { } value && !JsonEquality.DeepEquals(value, made?[sub.Name]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sets or clears sub-attributes of the elements chosen, and drops those of which nothing is left.</summary>
    private ScimError? ChangeAll(PatchStep step, List<JsonNode> chosen, List<JsonNode> elements)
    {
        var attribute = step.Path.Attribute!;
        var hollow = new HashSet<JsonNode>();
        foreach (var element in chosen)
        {
            if (element is not JsonObject complex)
            {
                continue;
            }

            var error = step.Path.SubAttribute is { } sub
                ? Set(complex, sub, step.Value, step.Path.Canonical)
                : Merge(complex, (JsonObject)step.Value!, step.Path);
            if (error is not null)
            {
                return error;
            }

            if (complex.Count == 0 || (step.IsClearing || step.Kind == PatchOperationKind.Remove) && IsHollow(complex, attribute))
            {
                hollow.Add(complex);
            }
        }

        elements.RemoveAll(hollow.Contains);
        return null;
    }

    /// <summary>Whether an element only says what kind of value it would be: what is left of an e-mail address whose value Entra ID clears.</summary>
    private bool IsHollow(JsonObject element, AttributeDefinition attribute) =>
        !isStrict && attribute.MultiValued && element.All(member => member.Key is Type or Primary);

    private static ScimError? Merge(JsonObject complex, JsonObject values, ResolvedPath path)
    {
        foreach (var (name, value) in values)
        {
            if (Set(complex, path.Attribute!.FindSubAttribute(name)!, value, $"{path.Canonical}.{name}") is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ScimError? Set(JsonObject complex, AttributeDefinition sub, JsonNode? value, string path)
    {
        var old = complex[sub.Name];
        if (sub.Mutability == Mutability.Immutable && old is not null && !JsonEquality.DeepEquals(old, value))
        {
            return ScimError.Mutability($"'{path}' is immutable, and has a value.");
        }

        if (value is null)
        {
            complex.Remove(sub.Name);
        }
        else if (!JsonEquality.DeepEquals(old, value))
        {
            complex[sub.Name] = value.DeepClone();
        }

        return null;
    }

    /// <summary>
    /// Nothing is there that could be changed. What identity providers mean by <c>emails[type eq "work"].value</c> is the work address,
    /// whether there is one already or not: the tolerant dialects make it. RFC 7644 §3.5.2.3 wants <c>noTarget</c>.
    /// </summary>
    private ScimError? Create(PatchStep step, List<JsonNode> elements, AttributeDefinition attribute)
    {
        if (step.Kind == PatchOperationKind.Remove)
        {
            return NothingMatched(step);
        }

        // A single-valued complex attribute begins with its first sub-attribute: name.givenName.
        var isWholeComplex = step.Filter is null && !attribute.MultiValued;
        if (!isWholeComplex && (isStrict || step.Filter is { IsConjunctionOfEqualities: false }))
        {
            return NothingMatched(step);
        }

        if (MakeElement(step, step.Filter, attribute, out var made) is { } error)
        {
            return error;
        }

        // A value that contradicts its filter makes what the filter does not match: a second try must not make it again.
        if (made is not null && !elements.Exists(element => ValueList.Describes(made, element, attribute)))
        {
            elements.Add(made);
        }

        return null;
    }

    /// <summary>Makes the element that a step describes: what its filter says, and over it the value.</summary>
    private ScimError? MakeElement(PatchStep step, ElementFilter? filter, AttributeDefinition attribute, out JsonNode? made)
    {
        if (attribute.Type != AttributeType.Complex)
        {
            made = step.Value?.DeepClone();
            return null;
        }

        var complex = new JsonObject();
        if (filter is { IsConjunctionOfEqualities: true })
        {
            foreach (var equality in filter.Equalities)
            {
                complex[equality.SubAttribute.Name] = equality.Literal.ToJson();
            }
        }

        if (step.Path.SubAttribute is { } sub)
        {
            complex[sub.Name] = step.Value?.DeepClone();
        }
        else
        {
            foreach (var (name, value) in (JsonObject)step.Value!)
            {
                complex[name] = value?.DeepClone();
            }
        }

        // What is made sub-attribute by sub-attribute may still lack a required one, which CheckTouched looks for in the end.
        made = complex;
        foreach (var (name, value) in complex.ToArray())
        {
            var definition = attribute.FindSubAttribute(name)!;
            if (ValueNormaliser.Normalise(value, definition, $"{attribute.Name}.{name}", dialect, out var normalised) is { } error)
            {
                return error;
            }

            if (normalised is null || definition.Mutability == Mutability.ReadOnly)
            {
                complex.Remove(name);
            }
            else
            {
                complex[name] = normalised;
            }
        }

        if (complex.Count == 0)
        {
            made = null;
        }

        return null;
    }

    private ScimError? NothingMatched(PatchStep step)
    {
        if (step.Kind == PatchOperationKind.Remove && (step.Filter is null || !step.IsClearing || !isStrict))
        {
            return null;
        }

        return ScimError.NoTarget(step.Filter is null
            ? $"'{step.Path.Canonical}' cannot be set: there are no values to set it in."
            : $"'{step.Path.Canonical}' cannot be set: no value satisfies {Shown.Text(step.Filter.Filter.ToString())}.");
    }
}
