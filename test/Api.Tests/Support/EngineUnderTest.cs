using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>All that the tests know of the engine: where it keeps its rows, how to read them, how to stand before its storage.</summary>
internal static partial class EngineUnderTest
{
    /// <summary>Puts a decorator before the grain storage.</summary>
    public static void DecorateStorage(WebApplicationBuilder builder, Func<IGrainStorage, IGrainStorage> decorate)
    {
        var provider = global::Grains.Storage.StorageNames.Provider;
        var inner = builder.Services.Last(s => s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, provider));
        builder.Services.Remove(inner);
        builder.Services.AddKeyedSingleton(provider, (services, key) => decorate((IGrainStorage)inner.KeyedImplementationFactory!(services, key)));
    }
}
