namespace Api.Requests;

/// <summary>What is to be thought of a directory's connection.</summary>
internal enum ConnectionState
{
    /// <summary>No request has come whose credential was good.</summary>
    NeverConnected,

    Connected,

    /// <summary>It is refused, or too much fails.</summary>
    Failing,

    /// <summary>Nothing has come for a day.</summary>
    Silent,
}
