namespace Grains.Embedded;

/// <summary>Turns states into bytes and back, for every storage alike.</summary>
public interface IGrainStorageSerializer
{
    BinaryData Serialize<T>(T? input);

    T? Deserialize<T>(BinaryData input);
}
