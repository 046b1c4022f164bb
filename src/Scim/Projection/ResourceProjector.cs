using System.Text.Json;
using Scim.Schemas;

namespace Scim.Projection;

/// <summary>
/// One pass over a resource that copies the bytes of what is kept. An object or array is begun before it is known whether anything
/// of it stays; where nothing does, the output goes back to where it was.
/// </summary>
internal ref struct ResourceProjector
{
    private readonly ReadOnlySpan<byte> source;
    private readonly Span<byte> output;
    private Utf8JsonReader reader;
    private int written;

    public ResourceProjector(ReadOnlySpan<byte> source, Span<byte> output)
    {
        this.source = source;
        this.output = output;
        reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = int.MaxValue });
    }

    /// <summary>Whether a whole attribute has parts that only those get who name them, or nobody.</summary>
    public static bool HidesSomething(AttributeDefinition attribute) =>
        attribute.Returned is Returned.Never or Returned.Request || attribute.SubAttributes.Any(HidesSomething);

    /// <summary>Projects the resource.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Project(ResourceType type, bool only, SelectedNames names)
    {
        reader.Read();
        Write((byte)'{');
        for (var first = true; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var name = reader.GetString()!;
            var kept = type.FindExtension(name) is { } extension
                ? Extension(extension.Schema, only, names.Find(name), first)
                : Member(type.FindAttribute(name), only, names.Find(name), first);
            first &= !kept;
        }

        Write((byte)'}');
        return written;
    }

    private bool Extension(Schema schema, bool only, SelectedNames? named, bool first)
    {
        if (named is { IsWhole: true })
        {
            // Asked for as a whole, or left out as one.
            return only ? Value(schema.Attributes, only: false, SelectedNames.Empty, first) : Skip();
        }

        return Value(schema.Attributes, only, named ?? SelectedNames.Empty, first);
    }

    /// <summary>Keeps a member, a part of it or nothing. The reader stands on its name, and afterwards on the last token of its value.</summary>
    private bool Member(AttributeDefinition? attribute, bool only, SelectedNames? named, bool first)
    {
        switch (attribute?.Returned ?? Returned.Default)
        {
            case Returned.Never:
            case Returned.Request when !only || named is null:
                return Skip();
            case Returned.Always:
                return Whole(attribute, first);
        }

        if (named is null)
        {
            return only ? Skip() : Whole(attribute, first);
        }

        if (named.IsWhole)
        {
            return only ? Whole(attribute, first) : Skip();
        }

        return Value(attribute!.SubAttributes, only, named, first);
    }

    private bool Whole(AttributeDefinition? attribute, bool first)
    {
        if (attribute is not null && attribute.SubAttributes.Any(HidesSomething))
        {
            return Value(attribute.SubAttributes, only: false, SelectedNames.Empty, first);
        }

        var start = (int)reader.TokenStartIndex;
        reader.Read();
        reader.Skip();
        Separate(first);
        Write(source[start..(int)reader.BytesConsumed]);
        return true;
    }

    private bool Skip()
    {
        reader.Read();
        reader.Skip();
        return false;
    }

    /// <summary>Keeps a member's name and, of the object or the objects in the array that is its value, what is selected.</summary>
    private bool Value(IReadOnlyList<AttributeDefinition> attributes, bool only, SelectedNames names, bool first)
    {
        var before = written;
        Separate(first);
        var start = (int)reader.TokenStartIndex;
        reader.Read();
        Write(source[start..(int)reader.TokenStartIndex]);
        if (Parts(attributes, only, names))
        {
            return true;
        }

        written = before;
        return false;
    }

    private bool Parts(IReadOnlyList<AttributeDefinition> attributes, bool only, SelectedNames names)
    {
        var any = false;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Write((byte)'{');
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    any |= Member(Find(attributes, name), only, names.Find(name), first: !any);
                }

                Write((byte)'}');
                return any;
            case JsonTokenType.StartArray:
                Write((byte)'[');
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var before = written;
                    Separate(first: !any);
                    if (Parts(attributes, only, names))
                    {
                        any = true;
                    }
                    else
                    {
                        written = before;
                    }
                }

                Write((byte)']');
                return any;
            default:
                // A value that is not of its schema's shape has no parts to choose from.
                return false;
        }
    }

    private static AttributeDefinition? Find(IReadOnlyList<AttributeDefinition> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return attribute;
            }
        }

        return null;
    }

    private void Separate(bool first)
    {
        if (!first)
        {
            Write((byte)',');
        }
    }

    private void Write(byte value) => output[written++] = value;

    private void Write(ReadOnlySpan<byte> values)
    {
        values.CopyTo(output[written..]);
        written += values.Length;
    }
}
