using System.Text.Json.Serialization;

namespace Api.Admin.Problems;

/// <summary>One of the things that are wrong with a request; of the three places, the one that it is at is given.</summary>
/// <param name="Detail">What is wrong, for people.</param>
/// <param name="Pointer">Where in the body: a JSON pointer as a fragment (RFC 6901 §6), <c>#/name</c>; <c>#</c> is the whole.</param>
/// <param name="Parameter">Which query parameter.</param>
/// <param name="Header">Which header.</param>
public sealed record Fault(
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Header = null);
