using Api.Admin.Auditing;
using Api.Admin.Requests;
using Api.Moving;
using Api.Profiles;
using Api.Scim;
using FluentValidation;
using Grains.Abstractions.Platform;
using Grains.OrgUnits;

namespace Api.Admin;

/// <summary>The admin API, <c>/admin/v1</c>: its groups, its guards, its document.</summary>
internal static class AdminRoutes
{
    private const string Prefix = "/admin/v1";

    public static void AddAdminEndpoints(this IServiceCollection services)
    {
        services.AddOpenApi("v1", options => options.AddDocumentTransformer<OpenApiDescription>().AddDocumentTransformer<Explorer.AdminExamples>());
        services.AddSingleton<IValidator<NewTenant>, NewTenantValidator>();
        services.AddSingleton<IValidator<NewDirectory>, NewDirectoryValidator>();
        services.AddSingleton<IValidator<TenantPatch>, TenantPatchValidator>();
        services.AddSingleton<IValidator<DirectoryPatch>, DirectoryPatchValidator>();
        services.AddSingleton<IValidator<Limits>, LimitsValidator>();
        services.AddSingleton<IValidator<NewKey>, NewKeyValidator>();
        services.AddSingleton<IValidator<ExtensionDefinition>, ExtensionDefinitionValidator>();
        services.AddSingleton<IValidator<ResourceTypeDefinition>, ResourceTypeDefinitionValidator>();
        services.AddSingleton<IValidator<NewAdminKey>, NewAdminKeyValidator>();
        services.AddSingleton<IValidator<CustomAttribute>, CustomAttributeValidator>();
        services.AddSingleton<IValidator<OrgUnitEdit>, OrgUnitEditValidator>();
        services.AddSingleton<OrgUnitLists>();
        services.AddSingleton<ProfileCatalogue>();
        services.AddSingleton<IValidator<NewRotation>, NewRotationValidator>();
        services.AddSingleton<IValidator<NewClient>, NewClientValidator>();
        services.AddSingleton<IValidator<NewClientSecret>, NewClientSecretValidator>();
        services.AddSingleton<IValidator<NewFederation>, NewFederationValidator>();
        services.AddSingleton<IValidator<NewSetupLink>, NewSetupLinkValidator>();
        services.AddSingleton<IValidator<RequestLogEdit>, RequestLogEditValidator>();
        services.AddSingleton<IValidator<NewInvitation>, NewInvitationValidator>();
        services.AddSingleton<AdminAddresses>();
        services.AddSingleton<EntityTags>();
        services.AddSingleton<AuditRecorder>();
        services.AddSingleton<UserLists>();
        services.AddSingleton<ResourceView>();
    }

    public static void MapAdmin(this WebApplication app)
    {
        // What the framework itself refuses, a body that is not JSON say, is told as problem details too.
        app.UseWhen(http => !ScimRoutes.IsScim(http), others =>
        {
            others.UseStatusCodePages();
            others.UseMiddleware<AdminGate>();
            others.UseMiddleware<StrictRequests>();
            others.UseMiddleware<AuditGate>();
        });
        var group = app.MapGroup(Prefix)
            .WithMetadata(new AdminEndpoint())
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapTenants();
        group.MapDirectories();
        group.MapProfiles();
        group.MapUsers();
        group.MapGroups();
        group.MapOrgUnits();
        group.MapProvisioning();
        group.MapIndexes();
        group.MapCustomAttributes();
        group.MapDirectoryKeys();
        group.MapKeyRotation();
        group.MapClients();
        group.MapClientFederation();
        group.MapSetupLinks();
        group.MapExtensions();
        group.MapResourceTypes();
        group.MapAdminKeys();
        group.MapEvents();
        group.MapRequests();
        group.MapConnection();
        group.MapMetrics();
        group.MapBackups();
        group.MapAudit();
        group.MapMoving();
    }

    /// <summary>Where an endpoint notes what it changes.</summary>
    public static AuditTrail Audit(this HttpContext http)
    {
        if (http.Features.Get<AuditTrail>() is not { } trail)
        {
            http.Features.Set(trail = new AuditTrail());
        }

        return trail;
    }

    /// <summary>Whether the request's admin key opens a tenant; null asks for the whole platform.</summary>
    public static bool Opens(this HttpContext http, string? tenant) =>
        http.Features.Get<AdminScope>() is { } scope && (scope.Tenant is null || scope.Tenant == tenant);
}
