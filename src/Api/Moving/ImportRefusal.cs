namespace Api.Moving;

/// <summary>Something of a file that was not taken.</summary>
/// <param name="Line">The number of its line, from 1.</param>
/// <param name="Kind"><c>user</c>, <c>group</c>, <c>members</c> or <c>resource</c>.</param>
/// <param name="Id">The id of the user, of the group, or of the resource.</param>
/// <param name="Detail">Why.</param>
public sealed record ImportRefusal(long Line, string Kind, string Id, string Detail);
