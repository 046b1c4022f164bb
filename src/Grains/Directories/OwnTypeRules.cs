using System.Text;
using Grains.Abstractions.Directories;
using Grains.Resources;
using Scim.Errors;
using Scim.Schemas;

namespace Grains.Directories;

/// <summary>Which resource types of its own a directory takes.</summary>
internal static class OwnTypeRules
{
    /// <summary>The longest description, in characters.</summary>
    private const int MaxDescriptionLength = 1000;

    /// <summary>Puts a type among those that are there.</summary>
    /// <param name="current">Those that are there.</param>
    /// <param name="extensions">The directory's extensions.</param>
    /// <param name="type">The one to put.</param>
    /// <param name="next">All of them afterwards; null where nothing changes.</param>
    public static ResourceTypeReply Put(DirectoryResourceType[] current, DirectoryExtension[] extensions, DirectoryResourceType type, out DirectoryResourceType[]? next)
    {
        next = null;
        if (Encoding.UTF8.GetByteCount(type.Definition) > DirectorySchemas.MaxDefinitionBytes)
        {
            return Refused(ScimError.Plain(413, $"The schema may have {DirectorySchemas.MaxDefinitionBytes} bytes at the most."));
        }

        if (type.Description.Length > MaxDescriptionLength)
        {
            return Refused(ScimError.InvalidValue($"'description' may have {MaxDescriptionLength} characters at the most."));
        }

        if (!SchemaReader.Read(Encoding.UTF8.GetBytes(type.Definition)).TryGet(out var schema, out var error))
        {
            return Refused(error);
        }

        if (ExtensionRules.UniqueAttribute(schema) is { } unique)
        {
            return Refused(ScimError.InvalidValue($"The attribute '{unique}' must have the uniqueness 'none': the values of a directory's own types are not kept unique."));
        }

        var place = Array.FindIndex(current, t => string.Equals(t.Name, type.Name, StringComparison.OrdinalIgnoreCase));
        if (place < 0 && current.Length == DirectorySchemas.MaxResourceTypes)
        {
            return Refused(ScimError.Plain(409, $"A directory has {DirectorySchemas.MaxResourceTypes} resource types of its own at the most."));
        }

        if (place >= 0)
        {
            var before = current[place];
            type = type with { Name = before.Name };
            if (type == before)
            {
                return new ResourceTypeReply();
            }

            var had = SchemaReader.Read(Encoding.UTF8.GetBytes(before.Definition)).Value;
            error = before.Endpoint != type.Endpoint ? ScimError.Plain(409, $"'{before.Name}' is served at '{before.Endpoint}', and cannot be moved.")
                : had.Id != schema.Id ? ScimError.Plain(409, $"The schema of '{before.Name}' is '{had.Id}', and cannot be another.")
                : SchemaAddition.Check(had, schema);
            if (error is not null)
            {
                return Refused(error);
            }
        }

        DirectoryResourceType[] all = place < 0 ? [.. current, type] : [.. current[..place], type, .. current[(place + 1)..]];
        if (!DirectorySchemas.Make(all, extensions).TryGet(out _, out error) || (error = ExtensionRules.TooLong(all, extensions)) is not null)
        {
            return Refused(error);
        }

        next = all;
        return new ResourceTypeReply { Created = place < 0 };
    }

    private static ResourceTypeReply Refused(ScimError error) => new() { Error = error.ToGrainError() };
}
