namespace Api.Admin;

/// <summary>A setup link to make. An empty body will do.</summary>
/// <param name="Label">What people call it, 1 to 200 characters; the customer's admin sees it too, and what is made by the link has it for a name.</param>
/// <param name="Days">For how many days it is good, 1 to 30; 7 where it is not given.</param>
/// <param name="Ways">What may be made by it: <c>key</c>, <c>client</c>, <c>federation</c>; all that suit the directory where it is not given.</param>
public sealed record NewSetupLink(string? Label = null, int? Days = null, IReadOnlyList<string?>? Ways = null);
