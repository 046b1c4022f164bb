using Scim.Errors;

namespace Api.Scim;

/// <summary>What is done for each HTTP method at one address; HEAD is GET without a body, and other methods are 405.</summary>
/// <typeparam name="TTarget">What the handlers are told beside the request.</typeparam>
internal sealed class MethodTable<TTarget>
{
    private readonly Dictionary<string, Func<ScimRequest, TTarget, Task>> handlers;
    private readonly string allowed;

    public MethodTable(Dictionary<string, Func<ScimRequest, TTarget, Task>> handlers)
    {
        this.handlers = handlers;
        if (handlers.TryGetValue("GET", out var get))
        {
            handlers["HEAD"] = get;
        }

        allowed = string.Join(", ", handlers.Keys);
    }

    /// <summary>Handles a request.</summary>
    public Task Run(ScimRequest request, TTarget target)
    {
        var http = request.Http;
        if (handlers.TryGetValue(http.Request.Method, out var handler))
        {
            return handler(request, target);
        }

        http.Response.Headers.Allow = allowed;
        return http.WriteError(ScimError.Plain(405, $"{http.Request.Method} is not allowed here; {allowed} are."));
    }
}
