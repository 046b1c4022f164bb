namespace Grains.Embedded;

/// <summary>The identity of a grain, asked of the grain itself or of a reference to it.</summary>
public static class GrainExtensions
{
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase activation => activation.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain?.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>A reference to the same grain by another of its interfaces; what a grain hands out instead of <c>this</c>.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        var silo = grain is GrainReference reference ? reference.Silo : ((Activation)((IGrainBase)grain).GrainContext).Silo;
        return (TGrainInterface)(object)silo.GetReference(typeof(TGrainInterface), grain.GetGrainId());
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();
}
