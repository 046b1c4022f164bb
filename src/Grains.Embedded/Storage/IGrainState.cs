namespace Grains.Embedded;

/// <summary>A value and its version, as a storage provider fills and reads them.</summary>
public interface IGrainState<T>
{
    T? State { get; set; }

    string? ETag { get; set; }

    bool RecordExists { get; set; }
}
