namespace Api.Admin;

/// <summary>A setup link of a directory, without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">What people call it.</param>
/// <param name="State">
/// <c>open</c>, <c>opened</c> (its page was shown, and nothing sent), <c>used</c>, <c>expired</c> or <c>withdrawn</c>.
/// </param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Ways">What may be made by it.</param>
/// <param name="Opened">When its page was first shown.</param>
/// <param name="Used">When it was used.</param>
/// <param name="Withdrawn">When it was withdrawn.</param>
/// <param name="Way">Of a used one: which way in was made.</param>
/// <param name="Key">The id of the directory key that was made by it.</param>
/// <param name="Client">The id of the client that was made by it.</param>
public sealed record SetupLinkItem(
    string Id,
    string? Label,
    string State,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    IReadOnlyList<string> Ways,
    DateTimeOffset? Opened,
    DateTimeOffset? Used,
    DateTimeOffset? Withdrawn,
    string? Way,
    string? Key,
    string? Client);
