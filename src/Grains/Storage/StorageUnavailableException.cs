namespace Grains.Storage;

/// <summary>Storage did not answer or did not confirm. Nothing was acknowledged; the front answers 503 with <c>Retry-After</c>.</summary>
[GenerateSerializer, Alias("muster.StorageUnavailableException")]
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException()
        : base("Storage did not confirm the request. Nothing was acknowledged; try again.")
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
