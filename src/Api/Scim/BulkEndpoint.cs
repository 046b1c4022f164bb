using Api.Requests;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Scim.Bulk;
using Scim.Schemas;

namespace Api.Scim;

/// <summary><c>/Bulk</c> (RFC 7644 §3.7).</summary>
internal sealed class BulkEndpoint(ResourceCalls calls, TimeProvider time) : IDisposable
{
    /// <summary>How many bulk requests are worked at at once; the others wait. Each may take some twenty times its size of memory.</summary>
    private const int AtOnce = 8;

    private readonly SemaphoreSlim places = new(AtOnce);

    public async Task Run(ScimRequest request)
    {
        var http = request.Http;
        if (!(await ScimBody.Read(http.Request)).TryGet(out var body, out var error))
        {
            await http.WriteError(error);
            return;
        }

        await places.WaitAsync(http.RequestAborted);
        try
        {
            if (!BulkRequest.Parse(body, request.Schemas).TryGet(out var bulk, out error)
                || !NewResourceId.Key(request).TryGet(out var given, out error))
            {
                await http.WriteError(error);
                return;
            }

            // Each operation counts as a request: what comes after them waits for as long as they would have taken.
            await request.Grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(request.Directory.Id)).Charge(bulk.Operations.Count - 1);
            var results = await new BulkRun(request, bulk, calls, time, given.Key).ToEnd();
            http.Features.Get<SeenRequest>()?.Made = (Made(SchemaSet.Standard.User), Made(SchemaSet.Standard.Group));
            await http.WriteScim(StatusCodes.Status200OK, BulkResponseWriter.ToUtf8(bulk, results));

            int Made(ResourceType type) => results.Zip(bulk.Operations).Count(r => r.First is { Status: StatusCodes.Status201Created } && r.Second.Type?.Name == type.Name);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
