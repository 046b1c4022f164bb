namespace Grains.Embedded;

/// <summary>Makes references to grains. A grain needs no making: it is activated by the first call.</summary>
public interface IGrainFactory
{
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;
}
