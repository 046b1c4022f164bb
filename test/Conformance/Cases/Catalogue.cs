using Conformance.Areas.Discovery;
using Conformance.Areas.Filters;
using Conformance.Areas.Http;

namespace Conformance.Cases;

/// <summary>All cases, by area.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. ConfigCases.All, .. EndpointCases.All, .. ResourceTypeCases.All, .. SchemaCases.All, .. CoreAttributeCases.All,
        .. MediaTypeCases.All, .. MethodCases.All, .. AuthenticationCases.All, .. ErrorCases.All, .. MalformedBodyCases.All,
        .. TextFilterCases.All, .. TypedFilterCases.All, .. PresenceCases.All, .. LogicCases.All, .. ValuePathCases.All, .. NameCases.All, .. MalformedFilterCases.All,
    ];
}
