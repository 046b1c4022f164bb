using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Embedded;

/// <summary>Finds the grain classes and interfaces of some assemblies, and checks them: all errors at once.</summary>
internal sealed class GrainModel
{
    private readonly Dictionary<Type, Type> _classOf = [];
    private readonly List<string> _errors = [];
    private readonly SerializableTypes _types;

    public GrainModel(IEnumerable<Assembly> assemblies, IServiceProvider services)
    {
        _types = new(_errors);
        Type[] types = [.. assemblies.Distinct().SelectMany(assembly => assembly.GetTypes())];
        foreach (var type in types.Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGrainBase))))
        {
            AddClass(type, services);
        }

        foreach (var group in Classes.GroupBy(GrainClass.NameOf, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _errors.Add($"{string.Join(" and ", group)} have the same grain type '{group.Key}'.");
        }

        foreach (var type in types.Where(IsGrainInterface).Union(_classOf.Keys))
        {
            CheckInterface(type);
        }

        if (_errors.Count > 0)
        {
            throw new GrainModelException(_errors);
        }
    }

    /// <summary>Each grain interface that a class implements, and the class.</summary>
    public IReadOnlyDictionary<Type, Type> ClassOf => _classOf;

    public List<Type> Classes { get; } = [];

    private static bool IsGrainInterface(Type type) =>
        type.IsInterface && type.IsAssignableTo(typeof(IGrain)) && type != typeof(IGrain) && type != typeof(IGrainWithStringKey);

    private void AddClass(Type type, IServiceProvider services)
    {
        Classes.Add(type);
        Type[] interfaces = [.. type.GetInterfaces().Where(IsGrainInterface)];
        if (interfaces.Length == 0)
        {
            _errors.Add($"{type} implements no grain interface.");
        }

        foreach (var grainInterface in interfaces)
        {
            if (!_classOf.TryAdd(grainInterface, type))
            {
                _errors.Add($"{grainInterface} is implemented by two classes: {_classOf[grainInterface]} and {type}.");
            }
        }

        if (type.GetConstructors() is not [var constructor])
        {
            _errors.Add($"{type} must have one public constructor.");
            return;
        }

        foreach (var parameter in constructor.GetParameters())
        {
            if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
            {
                CheckState(type, parameter, state, services);
            }
        }
    }

    private void CheckState(Type type, ParameterInfo parameter, PersistentStateAttribute state, IServiceProvider services)
    {
        var declared = parameter.ParameterType;
        if (!declared.IsGenericType || declared.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            _errors.Add($"{type}: the state '{state.StateName}' must be an IPersistentState<T>, and is {declared}.");
            return;
        }

        _types.Check(declared.GenericTypeArguments[0], $"the state '{state.StateName}' of {type}");
        var name = state.StorageName ?? "Default";
        if (services.GetKeyedService<IGrainStorage>(name) is null)
        {
            _errors.Add($"{type}: the state '{state.StateName}' is kept in '{name}', and no grain storage has that name.");
        }
    }

    private void CheckInterface(Type type)
    {
        if (!type.IsDefined(typeof(AliasAttribute), inherit: false))
        {
            _errors.Add($"{type} has no [Alias].");
        }

        if (!type.IsAssignableTo(typeof(IGrainWithStringKey)))
        {
            _errors.Add($"{type} must derive from {nameof(IGrainWithStringKey)}: this engine knows no other key.");
        }

        foreach (var method in Proxies.MethodsOf(type).Where(method => method.DeclaringType == type))
        {
            CheckMethod(type, method);
        }
    }

    private void CheckMethod(Type type, MethodInfo method)
    {
        var result = method.ReturnType;
        var definition = result.IsGenericType ? result.GetGenericTypeDefinition() : result;
        if (definition != typeof(Task) && definition != typeof(ValueTask) && definition != typeof(Task<>) && definition != typeof(ValueTask<>))
        {
            _errors.Add($"{type}.{method.Name} returns {result}; a grain method returns a Task or ValueTask, with or without a result.");
            return;
        }

        if (method.IsGenericMethod || type.ContainsGenericParameters)
        {
            _errors.Add($"{type}.{method.Name} is generic, which this engine does not know.");
            return;
        }

        foreach (var parameter in method.GetParameters())
        {
            _types.Check(parameter.ParameterType, $"the argument '{parameter.Name}' of {type}.{method.Name}");
        }

        if (GrainMethod.ResultType(method) is { } value)
        {
            _types.Check(value, $"the result of {type}.{method.Name}");
        }
    }
}
