namespace Grains.Abstractions.Directories;

/// <summary>Whether a request may go on.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuthorizeReply")]
public sealed record AuthorizeReply
{
    /// <summary>The directory, or null where the credential is not one of its.</summary>
    [Id(0)]
    public DirectoryContext? Directory { get; init; }

    /// <summary>Above 0: the directory's rate limit is used up, and a retry is in order after so many seconds.</summary>
    [Id(1)]
    public int RetryAfterSeconds { get; init; }

    /// <summary>How long the request has to wait for its turn, in milliseconds, as others of the directory came before it; mostly 0.</summary>
    [Id(2)]
    public int DelayMilliseconds { get; init; }

    /// <summary>The id of the credential, for the request log.</summary>
    [Id(40)]
    public string? Credential { get; init; }

    /// <summary>The credential is not one of the directory's, or there is no such directory.</summary>
    public static AuthorizeReply Refused { get; } = new();
}
