namespace Grains.Embedded;

/// <summary>Marks an interface as a grain interface (Orleans: <c>Orleans.IGrain</c>).</summary>
public interface IGrain;
