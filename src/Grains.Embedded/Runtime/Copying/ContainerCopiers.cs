using System.Runtime.CompilerServices;
using static Grains.Embedded.Copiers;
using Immutables = System.Collections.Immutable;

namespace Grains.Embedded;

/// <summary>How the containers of the framework are copied.</summary>
internal static class ContainerCopiers
{
    public static T? Nullable<T>(T? value)
        where T : struct => value is { } some ? CopierOf<T>.Copy(some) : null;

    public static T[]? Array<T>(T[]? value) => value is null ? null : Elements<T>(value);

    public static List<T>? List<T>(List<T>? value) => value is null ? null : IsShared(typeof(T)) ? [.. value] : value.ConvertAll(item => CopierOf<T>.Copy(item));

    public static Dictionary<TKey, TValue>? Dictionary<TKey, TValue>(Dictionary<TKey, TValue>? value)
        where TKey : notnull
    {
        if (value is null)
        {
            return null;
        }

        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        foreach (var (key, item) in value)
        {
            copy.Add(CopierOf<TKey>.Copy(key), CopierOf<TValue>.Copy(item));
        }

        return copy;
    }

    public static SortedDictionary<TKey, TValue>? SortedDictionary<TKey, TValue>(SortedDictionary<TKey, TValue>? value)
        where TKey : notnull
    {
        if (value is null)
        {
            return null;
        }

        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        foreach (var (key, item) in value)
        {
            copy.Add(CopierOf<TKey>.Copy(key), CopierOf<TValue>.Copy(item));
        }

        return copy;
    }

    public static HashSet<T>? HashSet<T>(HashSet<T>? value) => value is null ? null : new(value.Select(CopierOf<T>.Copy), value.Comparer);

    public static Queue<T>? Queue<T>(Queue<T>? value) => value is null ? null : new(value.Select(CopierOf<T>.Copy));

    public static ReadOnlyMemory<T> ReadOnlyMemory<T>(ReadOnlyMemory<T> value) => Elements(value.Span);

    public static Memory<T> Memory<T>(Memory<T> value) => Elements<T>(value.Span);

    public static Immutables.ImmutableArray<T> ImmutableArray<T>(Immutables.ImmutableArray<T> value) =>
        value.IsDefault ? value : Immutables.ImmutableArray.Create(Elements(value.AsSpan()));

    public static Immutables.ImmutableList<T>? ImmutableList<T>(Immutables.ImmutableList<T>? value) => value?.ConvertAll(item => CopierOf<T>.Copy(item));

    public static Immutables.ImmutableDictionary<TKey, TValue>? ImmutableDictionary<TKey, TValue>(Immutables.ImmutableDictionary<TKey, TValue>? value)
        where TKey : notnull =>
        value is null ? null : Immutables.ImmutableDictionary.CreateRange(
            value.KeyComparer, value.ValueComparer, value.Select(pair => KeyValuePair.Create(CopierOf<TKey>.Copy(pair.Key), CopierOf<TValue>.Copy(pair.Value))));

    private static T[] Elements<T>(ReadOnlySpan<T> value)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>() || IsShared(typeof(T)))
        {
            return value.ToArray();
        }

        var copy = new T[value.Length];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = CopierOf<T>.Copy(value[i]);
        }

        return copy;
    }
}
