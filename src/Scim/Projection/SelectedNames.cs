using Scim.Schemas;

namespace Scim.Projection;

/// <summary>Names of attributes, as a tree: at the top attributes and extension URNs, below them sub-attributes and the attributes of the extension.</summary>
internal sealed class SelectedNames
{
    private readonly Dictionary<string, SelectedNames> parts = new(StringComparer.OrdinalIgnoreCase);

    public static SelectedNames Empty { get; } = new();

    /// <summary>Whether it was named itself, and not only parts of it.</summary>
    public bool IsWhole { get; private set; }

    public bool IsEmpty => parts.Count == 0;

    public static SelectedNames Parse(string list, ResourceType type)
    {
        var names = new SelectedNames();
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            names.Add(WithoutFilter(name), type);
        }

        return names;
    }

    public SelectedNames? Find(string name) => parts.GetValueOrDefault(name);

    private void Add(string name, ResourceType type)
    {
        foreach (var extension in type.Extensions)
        {
            if (Below(name, extension.Schema.Id) is not { } rest)
            {
                continue;
            }

            if (rest.Length == 0)
            {
                Part(extension.Schema.Id).IsWhole = true;
            }
            else if (Resolve(rest, extension.Schema.FindAttribute) is { } path)
            {
                Part(extension.Schema.Id).AddPath(path);
            }

            return;
        }

        var core = Below(name, type.Schema.Id);
        if (core is "")
        {
            foreach (var attribute in type.Schema.Attributes)
            {
                Part(attribute.Name).IsWhole |= attribute.Returned != Returned.Request;
            }
        }
        else if (Resolve(core ?? name, type.FindAttribute) is { } path)
        {
            AddPath(path);
        }
    }

    /// <summary>
    /// <c>emails[type eq "work"].value</c>, which RFC 7644 §3.10 has no place for here and Microsoft's reference client sends, means
    /// <c>emails.value</c>: more is shown than asked for rather than nothing.
    /// </summary>
    private static string WithoutFilter(string name)
    {
        var start = name.IndexOf('[', StringComparison.Ordinal);
        var end = name.LastIndexOf(']');
        return start > 0 && end > start ? name.Remove(start, end + 1 - start) : name;
    }

    /// <summary>What stands after a schema's URN: nothing for the URN itself, an attribute after a colon; null for another schema's name.</summary>
    private static string? Below(string name, string urn)
    {
        if (!name.StartsWith(urn, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return name.Length == urn.Length ? "" : name[urn.Length] == ':' ? name[(urn.Length + 1)..] : null;
    }

    /// <summary>The attribute and, after a dot, the sub-attribute that a name means; null where the schema has none such.</summary>
    private static AttributeDefinition[]? Resolve(string name, Func<string, AttributeDefinition?> find)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (find(dot < 0 ? name : name[..dot]) is not { } attribute)
        {
            return null;
        }

        if (dot < 0)
        {
            return [attribute];
        }

        return attribute.FindSubAttribute(name[(dot + 1)..]) is { } sub ? [attribute, sub] : null;
    }

    private void AddPath(AttributeDefinition[] path)
    {
        var part = this;
        foreach (var attribute in path)
        {
            part = part.Part(attribute.Name);
        }

        part.IsWhole = true;
    }

    private SelectedNames Part(string name)
    {
        if (!parts.TryGetValue(name, out var part))
        {
            parts.Add(name, part = new SelectedNames());
        }

        return part;
    }
}
