using Api.Hosting;
using Scim.Errors;
using Scim.Schemas;

namespace Api.Scim;

/// <summary>The SCIM addresses: the shared one, where the token alone names the directory, and the one with the directory in its path.</summary>
internal static class ScimRoutes
{
    private static readonly string[] Prefixes = ["/scim/v2", "/directories/{directory}/scim/v2"];

    public static void AddScimEndpoints(this IServiceCollection services)
    {
        services.AddSingleton<BaseUrls>();
        services.AddSingleton<HeldRefusals>();
        services.AddSingleton<ScimPipeline>();
        services.AddSingleton<ResourceCalls>();
        services.AddSingleton<ResourceEndpoints>();
        services.AddSingleton<BulkEndpoint>();
        services.AddSingleton<QueryCursors>();
        services.AddSingleton<QueryEndpoints>();
        services.AddSingleton<TypeEndpoints>();
        services.AddSingleton<DiscoveryEndpoints>();
    }

    /// <summary>Whether a request goes to one of these addresses, so that nothing else has to look at it.</summary>
    public static bool IsScim(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ScimEndpoint>() is not null;

    /// <summary>Takes requests whose host names the directory, where the settings name a domain for that.</summary>
    public static void UseHostAddresses(this WebApplication app, MusterSettings settings)
    {
        if (settings.Domain is not null)
        {
            app.UseMiddleware<HostAddresses>();

            // Routing comes after: it goes by the path that is left.
            app.UseRouting();
        }
    }

    public static void MapScim(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<ScimPipeline>();
        var ofType = app.Services.GetRequiredService<TypeEndpoints>();
        var bulk = app.Services.GetRequiredService<BulkEndpoint>();
        var queries = app.Services.GetRequiredService<QueryEndpoints>();
        var discovery = app.Services.GetRequiredService<DiscoveryEndpoints>();
        foreach (var prefix in Prefixes)
        {
            foreach (var type in SchemaSet.Standard.ResourceTypes)
            {
                ServeType(prefix + type.Endpoint, type, ofType.Collection);
                ServeType(prefix + type.Endpoint + TypeEndpoints.SearchPath, type, ofType.Search);
                ServeType(prefix + type.Endpoint + "/{id}", type, ofType.Resource);
            }

            Map(prefix + "/Bulk", new() { ["POST"] = (r, _) => bulk.Run(r) });
            Serve(prefix + "/Me/{**rest}", r => r.Http.WriteError(ScimError.Plain(501, "A directory's token stands for no user: there is no /Me.")));
            Map(prefix + "/", new() { ["GET"] = (r, _) => queries.List(r, r.Schemas.ResourceTypes) });
            Map(prefix + "/.search", new() { ["POST"] = (r, _) => queries.Search(r, r.Schemas.ResourceTypes) });
            Map(prefix + "/ServiceProviderConfig", new() { ["GET"] = (r, _) => discovery.Configuration(r) });
            Map(prefix + "/ResourceTypes", new() { ["GET"] = (r, _) => discovery.ResourceTypes(r) });
            Map(prefix + "/ResourceTypes/{id}", new() { ["GET"] = (r, _) => discovery.ResourceType(r) });
            Map(prefix + "/Schemas", new() { ["GET"] = (r, _) => discovery.Schemas(r) });
            Map(prefix + "/Schemas/{id}", new() { ["GET"] = (r, _) => discovery.Schema(r) });

            // Whatever else is asked for below the prefix: a type of the directory's own, or 404, but only for who may know.
            Serve(prefix + "/{**rest}", ofType.Find);
        }

        void ServeType(string route, ResourceType type, MethodTable<ResourceType> methods) =>
            Serve(route, r => r.Serves(type) ? methods.Run(r, r.TypeOf(type)) : TypeEndpoints.NotThere(r));

        void Map(string route, Dictionary<string, Func<ScimRequest, object?, Task>> handlers)
        {
            var methods = new MethodTable<object?>(handlers);
            Serve(route, request => methods.Run(request, target: null));
        }

        void Serve(string route, Func<ScimRequest, Task> handle) =>
            app.Map(route, (RequestDelegate)(http => pipeline.Run(http, handle))).WithMetadata(new ScimEndpoint()).ExcludeFromDescription();
    }

    /// <summary>Marks what <see cref="ScimPipeline"/> guards, and turns into answers of its own whatever comes of it.</summary>
    private sealed class ScimEndpoint;
}
