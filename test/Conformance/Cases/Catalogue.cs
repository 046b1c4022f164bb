using Conformance.Areas.BulkRequests;
using Conformance.Areas.Create;
using Conformance.Areas.Discovery;
using Conformance.Areas.Entra;
using Conformance.Areas.ETags;
using Conformance.Areas.Filters;
using Conformance.Areas.Groups;
using Conformance.Areas.Http;
using Conformance.Areas.Me;
using Conformance.Areas.Okta;
using Conformance.Areas.Paging;
using Conformance.Areas.Patch;
using Conformance.Areas.Read;
using Conformance.Areas.Replace;
using Conformance.Areas.Searching;
using Conformance.Areas.Selection;
using Conformance.Areas.Sorting;
using Conformance.Areas.Validators;

namespace Conformance.Cases;

/// <summary>All cases, by area.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. ConfigCases.All, .. EndpointCases.All, .. ResourceTypeCases.All, .. SchemaCases.All, .. CoreAttributeCases.All,
        .. MediaTypeCases.All, .. MethodCases.All, .. AuthenticationCases.All, .. ErrorCases.All, .. MalformedBodyCases.All, .. OddRequestCases.All,
        .. CreateCases.All, .. RoundTripCases.All, .. RequiredCases.All, .. TypeCases.All,
        .. ReadCases.All, .. PutCases.All,
        .. AddCases.All, .. RemoveCases.All, .. ReplaceCases.All, .. RequestCases.All, .. PatchExampleCases.All,
        .. TextFilterCases.All, .. TypedFilterCases.All, .. PresenceCases.All, .. LogicCases.All, .. ValuePathCases.All, .. NameCases.All, .. MalformedFilterCases.All, .. FilterExampleCases.All,
        .. SortCases.All, .. IndexPagingCases.All, .. CursorCases.All, .. SearchCases.All,
        .. SelectionCases.All, .. ETagCases.All, .. MeCases.All,
        .. OperationCases.All, .. BulkReferenceCases.All, .. BulkErrorCases.All,
        .. GroupCases.All,
        .. UserCases.All, .. ReferenceCases.All, .. OktaCases.All, .. ValidatorCases.All,
    ];
}
