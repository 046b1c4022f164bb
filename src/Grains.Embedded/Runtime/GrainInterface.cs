namespace Grains.Embedded;

/// <summary>A grain interface as one silo serves it.</summary>
internal sealed class GrainInterface(EmbeddedSilo silo, Type type, GrainClass grainClass)
{
    private readonly Proxies.Proxy _proxy = Proxies.For(type);

    public EmbeddedSilo Silo => silo;

    public GrainClass Class => grainClass;

    public GrainMethod[] Methods => _proxy.Methods;

    public GrainReference CreateReference(GrainId grainId) => _proxy.Create(this, grainId);
}
