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
        services.AddSingleton<DiscoveryEndpoints>();
    }

    /// <summary>Whether a request goes to one of these addresses, so that nothing else has to look at it.</summary>
    public static bool IsScim(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ScimEndpoint>() is not null;

    public static void MapScim(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<ScimPipeline>();
        var resources = app.Services.GetRequiredService<ResourceEndpoints>();
        var bulk = app.Services.GetRequiredService<BulkEndpoint>();
        var queries = app.Services.GetRequiredService<QueryEndpoints>();
        var discovery = app.Services.GetRequiredService<DiscoveryEndpoints>();
        foreach (var prefix in Prefixes)
        {
            foreach (var type in SchemaSet.Standard.ResourceTypes)
            {
                Map(prefix + type.Endpoint, new()
                {
                    ["GET"] = r => queries.List(r, [r.TypeOf(type)]),
                    ["POST"] = r => resources.Create(r, r.TypeOf(type)),
                });
                Map(prefix + type.Endpoint + "/.search", new() { ["POST"] = r => queries.Search(r, [r.TypeOf(type)]) });
                Map(prefix + type.Endpoint + "/{id}", new()
                {
                    ["GET"] = r => resources.Read(r, r.TypeOf(type)),
                    ["PUT"] = r => resources.Replace(r, r.TypeOf(type)),
                    ["PATCH"] = r => resources.Patch(r, r.TypeOf(type)),
                    ["DELETE"] = r => resources.Delete(r, r.TypeOf(type)),
                });
            }

            Map(prefix + "/Bulk", new() { ["POST"] = bulk.Run });
            Serve(prefix + "/Me/{**rest}", r => r.Http.WriteError(ScimError.Plain(501, "A directory's token stands for no user: there is no /Me.")));
            Map(prefix + "/", new() { ["GET"] = r => queries.List(r, r.Schemas.ResourceTypes) });
            Map(prefix + "/.search", new() { ["POST"] = r => queries.Search(r, r.Schemas.ResourceTypes) });
            Map(prefix + "/ServiceProviderConfig", new() { ["GET"] = discovery.Configuration });
            Map(prefix + "/ResourceTypes", new() { ["GET"] = discovery.ResourceTypes });
            Map(prefix + "/ResourceTypes/{id}", new() { ["GET"] = discovery.ResourceType });
            Map(prefix + "/Schemas", new() { ["GET"] = discovery.Schemas });
            Map(prefix + "/Schemas/{id}", new() { ["GET"] = discovery.Schema });

            // Whatever else is asked for below the prefix: 404, but only for who may know.
            Serve(prefix + "/{**rest}", r => r.Http.WriteError(ScimError.Plain(404, $"There is no endpoint {r.Http.Request.Path}.")));
        }

        void Map(string route, Dictionary<string, Func<ScimRequest, Task>> handlers)
        {
            if (handlers.TryGetValue("GET", out var get))
            {
                handlers["HEAD"] = get;
            }

            var allowed = string.Join(", ", handlers.Keys);
            Serve(route, request =>
            {
                var http = request.Http;
                if (handlers.TryGetValue(http.Request.Method, out var handler))
                {
                    return handler(request);
                }

                http.Response.Headers.Allow = allowed;
                return http.WriteError(ScimError.Plain(405, $"{http.Request.Method} is not allowed here; {allowed} are."));
            });
        }

        void Serve(string route, Func<ScimRequest, Task> handle) =>
            app.Map(route, (RequestDelegate)(http => pipeline.Run(http, handle))).WithMetadata(new ScimEndpoint()).ExcludeFromDescription();
    }

    /// <summary>Marks what <see cref="ScimPipeline"/> guards, and turns into answers of its own whatever comes of it.</summary>
    private sealed class ScimEndpoint;
}
