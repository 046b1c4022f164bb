using System.Reflection;
using System.Reflection.Emit;

namespace Grains.Embedded;

/// <summary>A method of a grain interface: how it interleaves, how to call it, and what of a call must be copied.</summary>
internal sealed class GrainMethod
{
    private readonly (int Index, Func<object?, object?> Copy)[] _copies;
    private readonly string _name;

    public GrainMethod(MethodInfo method)
    {
        _name = $"{method.DeclaringType!.Name}.{method.Name}";
        Method = method;
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        IsAlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsOneWay = method.IsDefined(typeof(OneWayAttribute));
        Invoke = EmitInvoke(method);
        _copies = [.. from parameter in method.GetParameters()
                      where !parameter.IsDefined(typeof(ImmutableAttribute)) && !Copiers.IsShared(parameter.ParameterType)
                      select (parameter.Position, Copiers.Boxed(parameter.ParameterType))];
        if (ResultType(method) is { } result && !method.ReturnParameter.IsDefined(typeof(ImmutableAttribute)) && !Copiers.IsShared(result))
        {
            CopyResult = Copiers.For(result);
        }
    }

    public MethodInfo Method { get; }

    public bool IsReadOnly { get; }

    public bool IsAlwaysInterleave { get; }

    public bool IsOneWay { get; }

    /// <summary>Calls the method of a grain.</summary>
    public Func<object, object?[], Task> Invoke { get; }

    /// <summary>Copies a result, as a <c>Func&lt;T, T&gt;</c>; null if it may be shared.</summary>
    public Delegate? CopyResult { get; }

    /// <summary>The T of Task&lt;T&gt; or ValueTask&lt;T&gt;.</summary>
    public static Type? ResultType(MethodInfo method) => method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : null;

    public void CopyArguments(object?[] arguments)
    {
        foreach (var (index, copy) in _copies)
        {
            arguments[index] = copy(arguments[index]);
        }
    }

    public override string ToString() => _name;

    private static Func<object, object?[], Task> EmitInvoke(MethodInfo method)
    {
        var invoke = new DynamicMethod($"Invoke{method.Name}", typeof(Task), [typeof(object), typeof(object?[])], typeof(GrainMethod).Module, skipVisibility: true);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var parameter in method.GetParameters())
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, parameter.Position);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Unbox_Any, parameter.ParameterType);
        }

        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType.IsValueType)
        {
            var result = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, result);
            il.Emit(OpCodes.Ldloca, result);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }

        il.Emit(OpCodes.Ret);
        return invoke.CreateDelegate<Func<object, object?[], Task>>();
    }
}
