using Scim.Errors;
using Scim.Schemas;

namespace Api.Scim;

/// <summary>The addresses of a resource type: all its resources, a query of them, and one. The same for each type of each directory.</summary>
internal sealed class TypeEndpoints(ResourceEndpoints resources, QueryEndpoints queries)
{
    /// <summary>Where a query is sent by POST, below the endpoint of the type.</summary>
    public const string SearchPath = "/.search";

    public MethodTable<ResourceType> Collection { get; } = new(new(StringComparer.Ordinal)
    {
        ["GET"] = (r, type) => queries.List(r, [type]),
        ["POST"] = resources.Create,
    });

    public MethodTable<ResourceType> Search { get; } = new(new(StringComparer.Ordinal) { ["POST"] = (r, type) => queries.Search(r, [type]) });

    /// <summary>One resource, by the <c>id</c> of the route.</summary>
    public MethodTable<ResourceType> Resource { get; } = new(new(StringComparer.Ordinal)
    {
        ["GET"] = resources.Read,
        ["PUT"] = resources.Replace,
        ["PATCH"] = resources.Patch,
        ["DELETE"] = resources.Delete,
    });

    /// <summary>The answer at an address where the directory serves nothing.</summary>
    public static Task NotThere(ScimRequest request) =>
        request.Http.WriteError(ScimError.Plain(404, $"There is no endpoint {request.Http.Request.Path}."));

    /// <summary>Handles a request to an address that is none of the standard ones: it may be one of the directory's own types.</summary>
    public Task Find(ScimRequest request)
    {
        var path = (request.Http.GetRouteValue("rest") as string ?? "").AsSpan();

        // As with the standard endpoints, a slash at the end changes nothing.
        path = path is [.., '/'] ? path[..^1] : path;
        var slash = path.IndexOf('/');
        var rest = slash < 0 ? [] : path[slash..];
        if (request.Schemas.FindEndpoint(slash < 0 ? path : path[..slash]) is not { } type || rest.Count('/') > 1)
        {
            return NotThere(request);
        }

        if (rest.IsEmpty)
        {
            return Collection.Run(request, type);
        }

        if (rest.Equals(SearchPath, StringComparison.OrdinalIgnoreCase))
        {
            return Search.Run(request, type);
        }

        request.Http.Request.RouteValues["id"] = rest[1..].ToString();
        return Resource.Run(request, type);
    }
}
