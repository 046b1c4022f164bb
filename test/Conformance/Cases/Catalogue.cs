using Conformance.Areas.Create;
using Conformance.Areas.Discovery;
using Conformance.Areas.Filters;
using Conformance.Areas.Http;
using Conformance.Areas.Patch;
using Conformance.Areas.Read;
using Conformance.Areas.Replace;

namespace Conformance.Cases;

/// <summary>All cases, by area.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. ConfigCases.All, .. EndpointCases.All, .. ResourceTypeCases.All, .. SchemaCases.All, .. CoreAttributeCases.All,
        .. MediaTypeCases.All, .. MethodCases.All, .. AuthenticationCases.All, .. ErrorCases.All, .. MalformedBodyCases.All,
        .. CreateCases.All, .. RoundTripCases.All, .. RequiredCases.All, .. TypeCases.All,
        .. ReadCases.All, .. PutCases.All,
        .. AddCases.All, .. RemoveCases.All, .. ReplaceCases.All, .. RequestCases.All,
        .. TextFilterCases.All, .. TypedFilterCases.All, .. PresenceCases.All, .. LogicCases.All, .. ValuePathCases.All, .. NameCases.All, .. MalformedFilterCases.All,
    ];
}
