namespace Grains.Embedded;

/// <summary>What the engine and its storage throw; named as in Orleans so that grain code can catch it.</summary>
public class OrleansException : Exception
{
    public OrleansException()
        : base("Unexpected error.")
    {
    }

    public OrleansException(string message)
        : base(message)
    {
    }

    public OrleansException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
