using System.Text.Json;
using Api.Admin.Problems;
using FluentValidation;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Api.Admin.Requests;

/// <summary>
/// Looks at the query and the body of an admin request before its endpoint does, and tells every fault at once: what the framework does is
/// to stop at the first, and to leave out what it does not know.
/// </summary>
internal sealed class StrictRequests(RequestDelegate next, IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions options = json.Value.SerializerOptions;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<AdminEndpoint>() is null)
        {
            await next(http);
            return;
        }

        List<Fault> faults = [.. QueryFaults.Find(http, endpoint)];
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } type } accepts
            && endpoint.Metadata.GetMetadata<ReadsItsBody>() is null
            && IsJson(http.Request))
        {
            var body = await Read(http);
            http.Features.Set(new AdminBody(body));
            if (body.Length > 0 || !accepts.IsOptional)
            {
                faults.AddRange(await BodyFaults(body, type, http));
            }
        }

        if (faults.Count > 0)
        {
            await Faults.Problem(faults).ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    /// <summary>What is not JSON by its media type the framework refuses.</summary>
    private static bool IsJson(HttpRequest request) =>
        request.ContentType is null || request.HasJsonContentType();

    private static async Task<byte[]> Read(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var bytes = body.ToArray();
        http.Request.Body = new MemoryStream(bytes);
        return bytes;
    }

    /// <summary>What is not of the right type, and what the type's validator has against the rest.</summary>
    private async Task<List<Fault>> BodyFaults(byte[] body, Type type, HttpContext http)
    {
        var faults = JsonFaults.Find(body, type, options, out var sound);
        if (sound is null || http.RequestServices.GetService(typeof(IValidator<>).MakeGenericType(type)) is not IValidator validator)
        {
            return faults;
        }

        var context = (IValidationContext)Activator.CreateInstance(typeof(ValidationContext<>).MakeGenericType(type), sound.Deserialize(type, options))!;
        return Faults.Together(faults, Faults.Of(await validator.ValidateAsync(context, http.RequestAborted)));
    }
}
