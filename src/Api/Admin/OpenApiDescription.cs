using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Api.Admin;

/// <summary>Says in the OpenAPI document what the API is and how to get in.</summary>
internal sealed class OpenApiDescription : IOpenApiDocumentTransformer
{
    private const string Scheme = "adminKey";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Muster: admin API",
            Version = "v1",
            Description = "The admin API of a multi-tenant SCIM 2.0 platform: tenants, their directories, and the keys by which identity providers come in.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The admin key that the first start printed, or one that was issued since.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
