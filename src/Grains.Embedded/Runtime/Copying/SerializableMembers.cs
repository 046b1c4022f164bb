using System.Reflection;
using System.Runtime.CompilerServices;

namespace Grains.Embedded;

/// <summary>The fields of a [GenerateSerializer] type that cross a call: those with an [Id], by Orleans' rules.</summary>
internal static class SerializableMembers
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The fields of the type and its bases; each with whether its value may be shared.</summary>
    public static List<(FieldInfo Field, bool IsShared)> Of(Type type, List<string>? errors = null)
    {
        List<(FieldInfo, bool)> members = [];
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            // Each class of a hierarchy numbers its own members.
            Dictionary<uint, string> ids = [];
            var parameters = PrimaryConstructor(level);
            foreach (var field in level.GetFields(Own).Where(field => !field.IsDefined(typeof(NonSerializedAttribute))))
            {
                var property = PropertyOf(field);
                var name = property?.Name ?? field.Name;
                if (IdOf(field, property, parameters) is not { } id)
                {
                    errors?.Add($"{level}.{name} has neither [Id] nor [NonSerialized].");
                    continue;
                }

                if (!ids.TryAdd(id, name))
                {
                    errors?.Add($"{level}: [Id({id})] is on both {ids[id]} and {name}.");
                }

                members.Add((field, field.IsDefined(typeof(ImmutableAttribute)) || property?.IsDefined(typeof(ImmutableAttribute)) == true));
            }
        }

        return members;
    }

    private static uint? IdOf(FieldInfo field, PropertyInfo? property, ParameterInfo[] parameters)
    {
        var id = field.GetCustomAttribute<IdAttribute>() ?? property?.GetCustomAttribute<IdAttribute>();
        if (id is null && property is not null
            && Array.Find(parameters, parameter => parameter.Name == property.Name && parameter.ParameterType == property.PropertyType) is { } match)
        {
            // The parameters of a record's primary constructor are numbered by their place, unless they say otherwise.
            return match.GetCustomAttribute<IdAttribute>()?.Id ?? (uint)match.Position;
        }

        return id?.Id;
    }

    private static PropertyInfo? PropertyOf(FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? field.DeclaringType!.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], Own)
            : null;

    private static ParameterInfo[] PrimaryConstructor(Type type)
    {
        var isRecord = type.GetMethod("PrintMembers", Own)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true || type.GetMethod("<Clone>$", Own) is not null;
        if (!isRecord && type.GetCustomAttribute<GenerateSerializerAttribute>()?.IncludePrimaryConstructorParameters != true)
        {
            return [];
        }

        // The longest whose parameters are all properties: it is declared before the copy constructor, which has none.
        return type.GetConstructors(Own)
            .Select(constructor => constructor.GetParameters())
            .Where(parameters => Array.TrueForAll(parameters, parameter => type.GetProperty(parameter.Name!, Own)?.PropertyType == parameter.ParameterType))
            .MaxBy(parameters => parameters.Length) ?? [];
    }
}
