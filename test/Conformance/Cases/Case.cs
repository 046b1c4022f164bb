namespace Conformance.Cases;

/// <summary>One thing that a SCIM server does or does not do.</summary>
/// <param name="Id">Stable, in dots: the area, the group, the point. <c>patch.add.multivalued-merges</c>.</param>
/// <param name="Title">What is expected, in a sentence.</param>
/// <param name="Source">Where it is written: <c>RFC 7644 §3.5.2.1</c>, <c>Entra: …</c>.</param>
/// <param name="Level">How binding it is.</param>
/// <param name="Profile">Which servers it is for.</param>
/// <param name="Run">Sends the requests. Throws <see cref="CaseFailedException"/> or <see cref="NotOfferedException"/>.</param>
internal sealed record Case(string Id, string Title, string Source, Level Level, Profile Profile, Func<Attempt, Task> Run)
{
    /// <summary>The first part of the id.</summary>
    public string Area => Id[..Id.IndexOf('.', StringComparison.Ordinal)];
}
