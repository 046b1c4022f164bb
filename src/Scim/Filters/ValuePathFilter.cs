using Scim.Paths;

namespace Scim.Filters;

/// <summary>
/// One value of a complex attribute satisfies a filter over its sub-attributes: <c>emails[type eq "work" and value co "@x"]</c>
/// (RFC 7644 §3.4.2.2, <c>valuePath</c>). Entra ID's <c>emails[type eq "work"].value eq "x"</c> is read as
/// <c>emails[type eq "work" and value eq "x"]</c>.
/// </summary>
public sealed record ValuePathFilter(AttributePath Path, Filter ValueFilter) : Filter;
