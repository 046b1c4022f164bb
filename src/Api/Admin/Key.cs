namespace Api.Admin;

/// <summary>A directory key, without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends, or null for never.</param>
/// <param name="LastUsed">When a request last came by it; where the server ended without a word, some minutes may be lacking.</param>
/// <param name="Replaces">While a rotation is under way: the key that this one is to take the place of.</param>
public sealed record Key(
    string Id,
    string Name,
    string LastFour,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    DateTimeOffset? LastUsed,
    string? Replaces = null);
