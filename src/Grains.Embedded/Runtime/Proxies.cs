using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Grains.Embedded;

/// <summary>Emits, once a process for each grain interface, the class whose methods turn into calls.</summary>
internal static class Proxies
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<ModuleBuilder>> Modules = new();
    private static readonly ConcurrentDictionary<Type, Lazy<Proxy>> Emitted = new();

    public static Proxy For(Type interfaceType) => Emitted.GetOrAdd(interfaceType, static type => new(() => Emit(type))).Value;

    /// <summary>The abstract methods of a grain interface and of those it derives from.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type interfaceType) =>
        interfaceType.GetInterfaces().Prepend(interfaceType)
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.IsAbstract);

    private static Proxy Emit(Type interfaceType)
    {
        GrainMethod[] methods = [.. MethodsOf(interfaceType).Select(method => new GrainMethod(method))];
        var module = Modules.GetOrAdd(interfaceType.Assembly, static assembly => new(() => Module(assembly))).Value;
        Type proxy;
        // A module builder is not for several threads.
        lock (module)
        {
            var type = module.DefineType(
                $"Proxy of {interfaceType.FullName}", TypeAttributes.Class | TypeAttributes.Sealed, typeof(GrainReference), [interfaceType]);
            EmitConstructor(type);
            for (var i = 0; i < methods.Length; i++)
            {
                EmitMethod(type, methods[i].Method, i);
            }

            proxy = type.CreateType();
        }

        return new(methods, EmitFactory(proxy));
    }

    private static ModuleBuilder Module(Assembly assembly)
    {
        var name = $"Proxies of {assembly.GetName().Name}";
        var builder = AssemblyBuilder.DefineDynamicAssembly(new(name), AssemblyBuilderAccess.Run);
        var allow = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        builder.SetCustomAttribute(new(allow, [assembly.GetName().Name!]));
        builder.SetCustomAttribute(new(allow, [typeof(Proxies).Assembly.GetName().Name!]));
        return builder.DefineDynamicModule(name);
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        Type[] parameters = [typeof(GrainInterface), typeof(GrainId)];
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, parameters)!);
        il.Emit(OpCodes.Ret);
    }

    // Task<R> Method(A a, B b) => CallTask<R>(index, new object?[] { a, b });
    private static void EmitMethod(TypeBuilder type, MethodInfo method, int index)
    {
        var parameters = method.GetParameters();
        var builder = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)]);
        var il = builder.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        if (parameters.Length == 0)
        {
            il.Emit(OpCodes.Call, typeof(Array).GetMethod(nameof(Array.Empty))!.MakeGenericMethod(typeof(object)));
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, parameters.Length);
            il.Emit(OpCodes.Newarr, typeof(object));
            foreach (var parameter in parameters)
            {
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Ldc_I4, parameter.Position);
                il.Emit(OpCodes.Ldarg, parameter.Position + 1);
                il.Emit(OpCodes.Box, parameter.ParameterType);
                il.Emit(OpCodes.Stelem_Ref);
            }
        }

        var result = GrainMethod.ResultType(method);
        var name = (method.ReturnType.IsValueType, result) switch
        {
            (false, null) => nameof(GrainReference.CallVoidTask),
            (false, _) => nameof(GrainReference.CallTask),
            (true, null) => nameof(GrainReference.CallVoidValueTask),
            (true, _) => nameof(GrainReference.CallValueTask),
        };
        var call = typeof(GrainReference).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        il.Emit(OpCodes.Call, result is null ? call : call.MakeGenericMethod(result));
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(builder, method);
    }

    private static Func<GrainInterface, GrainId, GrainReference> EmitFactory(Type proxy)
    {
        var factory = new DynamicMethod($"New {proxy.Name}", typeof(GrainReference), [typeof(GrainInterface), typeof(GrainId)], typeof(Proxies).Module, skipVisibility: true);
        var il = factory.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, proxy.GetConstructors()[0]);
        il.Emit(OpCodes.Ret);
        return factory.CreateDelegate<Func<GrainInterface, GrainId, GrainReference>>();
    }

    internal sealed record Proxy(GrainMethod[] Methods, Func<GrainInterface, GrainId, GrainReference> Create);
}
