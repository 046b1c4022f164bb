using System.Text;
using Grains.Abstractions.Directories;
using Grains.Resources;
using Scim.Errors;
using Scim.Schemas;

namespace Grains.Directories;

/// <summary>Which schema extensions a directory takes.</summary>
internal static class ExtensionRules
{
    /// <summary>Puts an extension among those that are there.</summary>
    /// <param name="current">Those that are there.</param>
    /// <param name="types">The directory's own resource types.</param>
    /// <param name="extension">The one to put.</param>
    /// <param name="next">All of them afterwards; null where nothing changes.</param>
    public static ExtensionReply Put(DirectoryExtension[] current, DirectoryResourceType[] types, DirectoryExtension extension, out DirectoryExtension[]? next)
    {
        next = null;
        if (Encoding.UTF8.GetByteCount(extension.Definition) > DirectorySchemas.MaxDefinitionBytes)
        {
            return Refused(ScimError.Plain(413, $"The schema may have {DirectorySchemas.MaxDefinitionBytes} bytes at the most."));
        }

        if (!SchemaReader.Read(Encoding.UTF8.GetBytes(extension.Definition)).TryGet(out var schema, out var error))
        {
            return Refused(error);
        }

        if (UniqueAttribute(schema) is { } unique)
        {
            return Refused(ScimError.InvalidValue($"The attribute '{unique}' must have the uniqueness 'none': the values of an extension are not kept unique."));
        }

        if (extension.ResourceType is not ("User" or "Group") && !types.Any(t => t.Name == extension.ResourceType))
        {
            return Refused(ScimError.InvalidValue("'resourceType' must be User, Group or one of the directory's own resource types."));
        }

        extension = extension with { Urn = schema.Id };
        var place = Array.FindIndex(current, e => string.Equals(e.Urn, schema.Id, StringComparison.OrdinalIgnoreCase));
        if (place < 0)
        {
            if (current.Length == DirectorySchemas.MaxExtensions)
            {
                return Refused(ScimError.Plain(409, $"A directory has {DirectorySchemas.MaxExtensions} extensions at the most."));
            }

            DirectoryExtension[] more = [.. current, extension];
            if (!DirectorySchemas.Make(types, more).TryGet(out _, out error) || (error = TooLong(types, more)) is not null)
            {
                return Refused(error);
            }

            next = more;
            return new ExtensionReply { Created = true };
        }

        var before = current[place];
        if (extension == before)
        {
            return new ExtensionReply();
        }

        error = before.ResourceType != extension.ResourceType ? ScimError.Plain(409, $"'{before.Urn}' extends {before.ResourceType}, and cannot be moved.")
            : !before.Required && extension.Required ? ScimError.Plain(409, $"'{before.Urn}' cannot become required: resources are there without it.")
            : TooLong(types, [.. current[..place], extension, .. current[(place + 1)..]])
              ?? SchemaAddition.Check(SchemaReader.Read(Encoding.UTF8.GetBytes(before.Definition)).Value, schema);
        if (error is not null)
        {
            return Refused(error);
        }

        next = [.. current[..place], extension with { Urn = before.Urn }, .. current[(place + 1)..]];
        return new ExtensionReply();
    }

    /// <summary>The first attribute that is to be unique, or null: only what has a claim of its own could be kept so.</summary>
    internal static string? UniqueAttribute(Schema schema) =>
        schema.Attributes.FirstOrDefault(a => a.Uniqueness != Uniqueness.None || a.SubAttributes.Any(s => s.Uniqueness != Uniqueness.None))?.Name;

    /// <summary>Why all definitions of a directory do not fit into its row (413), or null.</summary>
    internal static ScimError? TooLong(DirectoryResourceType[] types, DirectoryExtension[] extensions) =>
        types.Sum(t => Encoding.UTF8.GetByteCount(t.Definition)) + extensions.Sum(e => Encoding.UTF8.GetByteCount(e.Definition)) > DirectorySchemas.MaxAllDefinitionsBytes
            ? ScimError.Plain(413, $"All schemas of a directory may have {DirectorySchemas.MaxAllDefinitionsBytes} bytes together.")
            : null;

    private static ExtensionReply Refused(ScimError error) => new() { Error = error.ToGrainError() };
}
