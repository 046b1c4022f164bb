namespace Grains.Embedded;

/// <summary>A state that is read before its grain activates.</summary>
internal interface IActivationState
{
    Task ReadStateAsync();
}
