using System.Runtime.CompilerServices;
using Api.Hosting;
using Scim.Errors;
using Scim.Schemas;
using Features = Scim.Schemas.ServiceProviderOptions;

namespace Api.Scim;

/// <summary><c>/ServiceProviderConfig</c>, <c>/ResourceTypes</c> and <c>/Schemas</c> (RFC 7644 §4).</summary>
internal sealed class DiscoveryEndpoints(MusterSettings settings)
{
    private readonly byte[] configuration = Document(settings, settings.RequestBytes);
    private readonly ConditionalWeakTable<SchemaSet, byte[]> types = [];
    private readonly ConditionalWeakTable<SchemaSet, byte[]> schemas = [];

    public Task Configuration(ScimRequest request) =>
        request.WriteDocument(request.Directory.Limits?.MaxRequestBytes is { } most && most < settings.RequestBytes ? Document(settings, most) : configuration);

    public Task ResourceTypes(ScimRequest request) => List(request, types.GetValue(request.Schemas, DiscoveryDocuments.ResourceTypes));

    public Task Schemas(ScimRequest request) => List(request, schemas.GetValue(request.Schemas, DiscoveryDocuments.Schemas));

    public Task ResourceType(ScimRequest request)
    {
        var name = request.Http.GetRouteValue("id") as string ?? "";
        return request.Schemas.FindResourceType(name) is { } type
            ? request.WriteDocument(DiscoveryDocuments.ResourceType(type))
            : request.Http.WriteError(ScimError.Plain(404, $"ResourceType {name} not found."));
    }

    public Task Schema(ScimRequest request)
    {
        var urn = request.Http.GetRouteValue("id") as string ?? "";
        return request.Schemas.FindSchema(urn) is { } schema
            ? request.WriteDocument(DiscoveryDocuments.Schema(schema))
            : request.Http.WriteError(ScimError.Plain(404, $"Schema {urn} not found."));
    }

    /// <summary>A filter on discovery is refused (RFC 7644 §4): 403.</summary>
    private static Task List(ScimRequest request, byte[] document) =>
        request.Http.Request.Query.ContainsKey("filter")
            ? request.Http.WriteError(ScimError.Plain(403, "Discovery endpoints take no filter."))
            : request.WriteDocument(document);

    private static byte[] Document(MusterSettings settings, int mostBytes) => DiscoveryDocuments.ServiceProviderConfig(new Features
    {
        Bulk = true,
        BulkMaxPayloadSize = mostBytes,
        Sort = true,
        CursorPagination = true,
        CursorTimeout = settings.CursorSeconds,
        AuthenticationSchemes = [AuthenticationScheme.OAuthBearerToken, AuthenticationScheme.OAuth2],
    });
}
