namespace Grains.Embedded;

/// <summary>Checks that types can cross a grain call or be kept as state; each type once, with the first place that uses it.</summary>
internal sealed class SerializableTypes(List<string> errors)
{
    private readonly HashSet<Type> _seen = [];

    public void Check(Type type, string place)
    {
        if (!_seen.Add(type) || Copiers.IsBuiltIn(type) || type == typeof(object))
        {
            return;
        }

        if (type.IsAssignableTo(typeof(IAddressable)))
        {
            if (type.IsAssignableTo(typeof(IGrainBase)))
            {
                errors.Add($"{type}, used as {place}, is a grain class: hand out a reference by its interface.");
            }
        }
        else if (type is { IsArray: true, IsSZArray: true })
        {
            Check(type.GetElementType()!, place);
        }
        else if (Copiers.IsContainer(type))
        {
            foreach (var argument in type.GenericTypeArguments)
            {
                Check(argument, place);
            }
        }
        else if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
        {
            errors.Add($"{type}, used as {place}, has no [GenerateSerializer].");
        }
        else
        {
            CheckMembers(type, place);
        }
    }

    private void CheckMembers(Type type, string place)
    {
        if (type.IsInterface)
        {
            return;
        }

        List<string> memberErrors = [];
        foreach (var (field, _) in SerializableMembers.Of(type, memberErrors))
        {
            Check(field.FieldType, $"{type}.{field.Name.Trim('<').Split('>')[0]}");
        }

        errors.AddRange(memberErrors.Select(error => $"{error} It is used as {place}."));
        if (type.BaseType is { } baseType && baseType != typeof(object) && baseType != typeof(ValueType))
        {
            Check(baseType, $"the base of {type}");
        }

        // What an abstract message stands for at run time is declared beside it.
        foreach (var derived in type.IsSealed ? [] : type.Assembly.GetTypes().Where(candidate => candidate.BaseType == type))
        {
            Check(derived, $"a kind of {type}");
        }
    }
}
