using System.Runtime.CompilerServices;

namespace Grains.Embedded;

/// <summary>The state of a grain that has none stored: made by its parameterless constructor, if it has one.</summary>
internal static class NewState<T>
{
    private static readonly bool HasConstructor = typeof(T).GetConstructor([]) is not null;

    public static T Create() =>
        HasConstructor ? Activator.CreateInstance<T>()
        : typeof(T).IsValueType || typeof(T).IsArray || typeof(T) == typeof(string) ? default!
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
