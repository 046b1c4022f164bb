using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Grains.Embedded;

/// <summary>Deep copies of what crosses a grain call, by methods emitted once for each type. Messages are trees: a cycle has no copy.</summary>
internal static class Copiers
{
    // Values that nobody can change.
    private static readonly HashSet<Type> BuiltIn =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Uri), typeof(Version), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half), typeof(IPAddress), typeof(CancellationToken),
        typeof(GrainId), typeof(GrainType), typeof(IdSpan),
    ];

    // Types that hold others, and how they are copied; null for those copied field by field.
    private static readonly Dictionary<Type, string?> Containers = new()
    {
        [typeof(Nullable<>)] = nameof(ContainerCopiers.Nullable),
        [typeof(List<>)] = nameof(ContainerCopiers.List),
        [typeof(Dictionary<,>)] = nameof(ContainerCopiers.Dictionary),
        [typeof(SortedDictionary<,>)] = nameof(ContainerCopiers.SortedDictionary),
        [typeof(HashSet<>)] = nameof(ContainerCopiers.HashSet),
        [typeof(Queue<>)] = nameof(ContainerCopiers.Queue),
        [typeof(ReadOnlyMemory<>)] = nameof(ContainerCopiers.ReadOnlyMemory),
        [typeof(Memory<>)] = nameof(ContainerCopiers.Memory),
        [typeof(ImmutableArray<>)] = nameof(ContainerCopiers.ImmutableArray),
        [typeof(ImmutableList<>)] = nameof(ContainerCopiers.ImmutableList),
        [typeof(ImmutableDictionary<,>)] = nameof(ContainerCopiers.ImmutableDictionary),
        [typeof(KeyValuePair<,>)] = null,
        [typeof(ValueTuple<>)] = null,
        [typeof(ValueTuple<,>)] = null,
        [typeof(ValueTuple<,,>)] = null,
        [typeof(ValueTuple<,,,>)] = null,
        [typeof(ValueTuple<,,,,>)] = null,
        [typeof(ValueTuple<,,,,,>)] = null,
        [typeof(ValueTuple<,,,,,,>)] = null,
    };

    // Interfaces of containers, copied as what they hold at run time.
    private static readonly HashSet<Type> ContainerInterfaces =
    [
        typeof(IEnumerable<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(ICollection<>), typeof(IList<>),
        typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>), typeof(ISet<>), typeof(IReadOnlySet<>),
    ];

    private static readonly ConcurrentDictionary<Type, bool> Shared = new();
    private static readonly ConcurrentDictionary<Type, Func<object?, object?>> ByRuntimeType = new();

    public static bool IsBuiltIn(Type type) => type.IsPrimitive || type.IsEnum || BuiltIn.Contains(type);

    public static bool IsContainer(Type type) =>
        type.IsGenericType && (Containers.ContainsKey(type.GetGenericTypeDefinition()) || ContainerInterfaces.Contains(type.GetGenericTypeDefinition()));

    /// <summary>Whether a value may be handed over as it is.</summary>
    public static bool IsShared(Type type)
    {
        if (!Shared.TryGetValue(type, out var shared))
        {
            Shared[type] = shared = FindShared(type, []);
        }

        return shared;
    }

    /// <summary>The copier of a type, a <c>Func&lt;T, T&gt;</c>.</summary>
    public static Delegate For(Type type) => (Delegate)typeof(CopierOf<>).MakeGenericType(type).GetField(nameof(CopierOf<>.Copy))!.GetValue(null)!;

    /// <summary>The copier of a type for boxed values.</summary>
    public static Func<object?, object?> Boxed(Type type) =>
        typeof(Copiers).GetMethod(nameof(BoxedOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type)
            .CreateDelegate<Func<object?, object?>>();

    private static object? BoxedOf<T>(object? value) => value is null ? null : CopierOf<T>.Copy((T)value);

    private static bool FindShared(Type type, HashSet<Type> within)
    {
        if (IsBuiltIn(type) || type.IsAssignableTo(typeof(IAddressable)) || type.IsDefined(typeof(ImmutableAttribute), inherit: false))
        {
            return true;
        }

        // A struct is copied by being handed over: it may be shared if all it holds may. (One that holds itself, in an array, may not.)
        if (!type.IsValueType && type.Namespace != typeof(ImmutableList<>).Namespace)
        {
            return false;
        }

        if (!within.Add(type))
        {
            return false;
        }

        if (!IsContainer(type))
        {
            return SerializableMembers.Of(type).TrueForAll(member => member.IsShared || FindShared(member.Field.FieldType, within));
        }

        var definition = type.GetGenericTypeDefinition();
        return definition != typeof(ReadOnlyMemory<>) && definition != typeof(Memory<>)
            && Array.TrueForAll(type.GenericTypeArguments, argument => FindShared(argument, within));
    }

    private static object CopyByRuntimeType(object value) => ByRuntimeType.GetOrAdd(value.GetType(), static type =>
    {
        if (type.IsAssignableTo(typeof(IGrainBase)))
        {
            throw new InvalidOperationException($"{type} is a grain: hand out this.AsReference<T>().");
        }

        List<string> errors = [];
        new SerializableTypes(errors).Check(type, "a value in a grain call");
        if (errors.Count > 0)
        {
            throw new GrainModelException(errors);
        }

        return IsShared(type) || type == typeof(object) ? static shared => shared : Boxed(type);
    })(value)!;

    private static T CopyByRuntimeTypeOf<T>(T value) => value is null ? value : (T)CopyByRuntimeType(value);

    private static T Same<T>(T value) => value;

    private static Delegate Build(Type type)
    {
        if (type.IsAssignableTo(typeof(IAddressable)) && type.IsInterface)
        {
            return Generic(typeof(Copiers), nameof(CopyReferenceOf), type, type);
        }

        if (IsShared(type))
        {
            return Generic(typeof(Copiers), nameof(Same), type, type);
        }

        if (type.IsArray)
        {
            return Generic(typeof(ContainerCopiers), nameof(ContainerCopiers.Array), type, type.GetElementType()!);
        }

        if (type.IsAbstract || type == typeof(object))
        {
            return Generic(typeof(Copiers), nameof(CopyByRuntimeTypeOf), type, type);
        }

        return type.IsGenericType && Containers.TryGetValue(type.GetGenericTypeDefinition(), out var method) && method is not null
            ? Generic(typeof(ContainerCopiers), method, type, type.GenericTypeArguments)
            : EmitCopy(type);
    }

    private static T CopyReferenceOf<T>(T value) => value is IGrainBase ? CopyByRuntimeTypeOf(value) : value;

    private static Delegate Generic(Type holder, string method, Type type, params Type[] arguments) =>
        holder.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.MakeGenericMethod(arguments)
            .CreateDelegate(typeof(Func<,>).MakeGenericType(type, type));

    // if (v is null) return v; if (v.GetType() != typeof(T)) return CopyByRuntimeTypeOf(v); var c = new T(); c.F = Copy(v.F); … return c;
    private static Delegate EmitCopy(Type type)
    {
        var copy = new DynamicMethod($"Copy {type.Name}", type, [type], typeof(Copiers).Module, skipVisibility: true);
        var il = copy.GetILGenerator();
        var made = il.DeclareLocal(type);
        if (type.IsValueType)
        {
            // All that is not an [Id] member stays behind.
            il.Emit(OpCodes.Ldloca, made);
            il.Emit(OpCodes.Initobj, type);
        }
        else
        {
            EmitNew(il, type, made);
        }

        var members = IsContainer(type)
            ? [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => (field, IsShared(field.FieldType)))]
            : SerializableMembers.Of(type);
        foreach (var (field, isShared) in members)
        {
            il.Emit(type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, made);
            var copier = isShared || IsShared(field.FieldType) ? null : typeof(CopierOf<>).MakeGenericType(field.FieldType).GetField(nameof(CopierOf<>.Copy))!;
            if (copier is not null)
            {
                il.Emit(OpCodes.Ldsfld, copier);
            }

            il.Emit(type.IsValueType ? OpCodes.Ldarga : OpCodes.Ldarg, (short)0);
            il.Emit(OpCodes.Ldfld, field);
            if (copier is not null)
            {
                il.Emit(OpCodes.Callvirt, copier.FieldType.GetMethod("Invoke")!);
            }

            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ldloc, made);
        il.Emit(OpCodes.Ret);
        return copy.CreateDelegate(typeof(Func<,>).MakeGenericType(type, type));
    }

    private static void EmitNew(ILGenerator il, Type type, LocalBuilder made)
    {
        var handle = typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!;
        var isNull = il.DefineLabel();
        var isExact = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, isNull);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Callvirt, typeof(object).GetMethod(nameof(GetType))!);
        il.Emit(OpCodes.Ldtoken, type);
        il.Emit(OpCodes.Call, handle);
        il.Emit(OpCodes.Beq, isExact);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Copiers).GetMethod(nameof(CopyByRuntimeTypeOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type));
        il.Emit(OpCodes.Ret);
        il.MarkLabel(isNull);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(isExact);
        if (type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is { } constructor)
        {
            il.Emit(OpCodes.Newobj, constructor);
        }
        else
        {
            il.Emit(OpCodes.Ldtoken, type);
            il.Emit(OpCodes.Call, handle);
            il.Emit(OpCodes.Call, typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.GetUninitializedObject))!);
            il.Emit(OpCodes.Castclass, type);
        }

        il.Emit(OpCodes.Stloc, made);
    }

    internal static class CopierOf<T>
    {
        public static readonly Func<T, T> Copy = (Func<T, T>)Build(typeof(T));
    }
}
