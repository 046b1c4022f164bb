using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Embedded;

/// <summary>A grain class as one silo serves it, with its activations.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<Activation>> _workers = new(StringComparer.Ordinal);
    private readonly ConstructorInvoker _constructor;
    private readonly Func<Activation, List<IActivationState>, object?>[] _parameters;
    private readonly EmbeddedSilo _silo;
    private readonly int _maxWorkers;
    private uint _turn;

    public GrainClass(EmbeddedSilo silo, Type type)
    {
        _silo = silo;
        Type = GrainType.Create(NameOf(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        _maxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        var constructor = type.GetConstructors().Single();
        _constructor = ConstructorInvoker.Create(constructor);
        _parameters = [.. constructor.GetParameters().Select(Argument)];
    }

    public GrainType Type { get; }

    public bool IsReentrant { get; }

    public IEnumerable<Activation> Activations => _activations.Values.Concat(_workers.Values.SelectMany(Snapshot));

    public static string NameOf(Type type)
    {
        const string Suffix = "Grain";
        var name = type.Name.EndsWith(Suffix, StringComparison.Ordinal) && type.Name.Length > Suffix.Length ? type.Name[..^Suffix.Length] : type.Name;
#pragma warning disable CA1308 // Orleans names grain types in lower case.
        return type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? name.ToLowerInvariant();
    }

    public IGrainBase Create(Activation activation, List<IActivationState> states)
    {
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _parameters[i](activation, states);
        }

        return (IGrainBase)_constructor.Invoke(arguments.AsSpan());
    }

    /// <summary>Gives the request to an activation of the grain, a new one if need be.</summary>
    public void Dispatch(Request request, GrainId grainId, bool inline)
    {
        while (!Pick(grainId).TryAccept(request, inline))
        {
            // That one ended meanwhile, and is out of the catalogue before it says so.
        }
    }

    public void Remove(Activation activation)
    {
        var key = activation.GrainId.Key.ToString();
        var removed = false;
        if (_maxWorkers == 0)
        {
            removed = _activations.TryRemove(new(key, activation));
        }
        else if (_workers.TryGetValue(key, out var workers))
        {
            lock (workers)
            {
                removed = workers.Remove(activation);
                if (workers.Count == 0)
                {
                    _workers.TryRemove(new(key, workers));
                }
            }
        }

        if (removed)
        {
            _silo.Removed();
        }
    }

    private static List<Activation> Snapshot(List<Activation> workers)
    {
        lock (workers)
        {
            return [.. workers];
        }
    }

    private Activation Pick(GrainId grainId)
    {
        var key = grainId.Key.ToString();
        if (_maxWorkers > 0)
        {
            return PickWorker(grainId, key);
        }

        if (_activations.TryGetValue(key, out var activation))
        {
            return activation;
        }

        var made = new Activation(_silo, this, grainId);
        activation = _activations.GetOrAdd(key, made);
        if (ReferenceEquals(activation, made))
        {
            _silo.Added();
        }

        return activation;
    }

    // A free one, or one more, or the next in turn.
    private Activation PickWorker(GrainId grainId, string key)
    {
        while (true)
        {
            var workers = _workers.GetOrAdd(key, static _ => []);
            lock (workers)
            {
                if (workers.Find(static worker => worker.IsFree) is { } free)
                {
                    return free;
                }

                if (workers.Count == _maxWorkers)
                {
                    return workers[(int)(_turn++ % (uint)workers.Count)];
                }

                // An emptied list is out of the dictionary: the next round finds or makes the one that is in.
                if (_workers.TryGetValue(key, out var current) && ReferenceEquals(current, workers))
                {
                    var made = new Activation(_silo, this, grainId);
                    workers.Add(made);
                    _silo.Added();
                    return made;
                }
            }
        }
    }

    private Func<Activation, List<IActivationState>, object?> Argument(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            var storage = _silo.Services.GetRequiredKeyedService<IGrainStorage>(state.StorageName ?? "Default");
            var make = typeof(PersistentState<>).MakeGenericType(type.GenericTypeArguments[0])
                .GetMethod(nameof(PersistentState<>.Create), BindingFlags.Static | BindingFlags.Public)!
                .CreateDelegate<Func<Activation, string, IGrainStorage, IActivationState>>();
            return (activation, states) =>
            {
                var made = make(activation, state.StateName, storage);
                states.Add(made);
                return made;
            };
        }

        if (type == typeof(IGrainContext))
        {
            return static (activation, _) => activation;
        }

        // The silo's own, not the container's: several silos may share a container.
        if (type == typeof(IGrainFactory))
        {
            return (_, _) => _silo;
        }

        return parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? (activation, _) => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key)
            : (activation, _) => activation.ActivationServices.GetRequiredService(type);
    }
}
