using System.Text;
using System.Text.Json;
using Entra.Randomness;
using Entra.Requests;
using Entra.Transport;
using Entra.Verification;

namespace Entra.Cycles;

/// <summary>
/// What the Test Connection button does, and the discovery that the attribute mappings are made from.
/// </summary>
internal static class ConnectionTest
{
    public static async Task RunAsync(Job job, SeededRandom random, CancellationToken cancellation)
    {
        await FindNobodyAsync(job, random.NextGuid(), cancellation);
        await ReadConfigurationAsync(job, cancellation);
        await ReadSchemasAsync(job, cancellation);
        using var types = await job.Connection.GetAsync(RequestKind.Discovery, "/ResourceTypes", cancellation);
        if (!job.Check.Status(types, 200))
        {
            return;
        }

        if (ListPage.Read(types.Json, out var page) is { } difference)
        {
            job.Check.Failed(types, difference);
        }
        else if (!job.Options.Mapping.Groups)
        {
            await FindNoGroupsAsync(job, types, page, cancellation);
        }
    }

    /// <summary>Where groups are not provisioned, there are none: neither offered nor there.</summary>
    private static async Task FindNoGroupsAsync(Job job, ScimAnswer types, ListPage page, CancellationToken cancellation)
    {
        if (page.Resources.Any(type => type.Has("name"u8, out var name) && name.Is("Group")))
        {
            job.Check.Failed(types, "/ResourceTypes must not list Group");
        }

        using var groups = await job.Connection.GetAsync(RequestKind.Discovery, "/Groups", cancellation);
        job.Check.Error(groups, 404);
    }

    /// <summary>Whether the directory holds nothing yet: what it held would not be in the model.</summary>
    public static async Task<bool> IsEmptyAsync(Job job, CancellationToken cancellation)
    {
        string[] targets = job.Options.Mapping.Groups ? ["/Users?count=1", "/Groups?count=1&excludedAttributes=members"] : ["/Users?count=1"];
        foreach (var target in targets)
        {
            using var answer = await job.Connection.GetAsync(RequestKind.TestConnection, target, cancellation);
            if (!job.Check.Status(answer, 200) || ListPage.Read(answer.Json, out var page) is not null || page.TotalResults != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task FindNobodyAsync(Job job, string name, CancellationToken cancellation)
    {
        using var answer = await job.Connection.GetAsync(RequestKind.TestConnection, ScimQuery.UserNameEquals(name), cancellation);
        if (answer.Failure is not null || answer.Status == 404)
        {
            job.Check.Status(answer, 200);
            throw new QuarantineException($"no SCIM endpoint answers at {job.Connection.BaseUrl}; the job stops.");
        }

        job.Check.List(answer, 0, out _);
    }

    private static async Task ReadConfigurationAsync(Job job, CancellationToken cancellation)
    {
        using var answer = await job.Connection.GetAsync(RequestKind.Discovery, "/ServiceProviderConfig", cancellation);
        if (!job.Check.Status(answer, 200))
        {
            return;
        }

        foreach (var feature in new[] { "patch", "filter" })
        {
            if (!answer.Json.Has(Encoding.UTF8.GetBytes(feature), out var value)
                || !value.Has("supported"u8, out var supported)
                || supported.ValueKind != JsonValueKind.True)
            {
                job.Check.Failed(answer, $"{feature}.supported must be true");
            }
        }
    }

    private static async Task ReadSchemasAsync(Job job, CancellationToken cancellation)
    {
        using var answer = await job.Connection.GetAsync(RequestKind.Discovery, "/Schemas", cancellation);
        if (!job.Check.Status(answer, 200))
        {
            return;
        }

        if (ListPage.Read(answer.Json, out var page) is { } difference)
        {
            job.Check.Failed(answer, difference);
            return;
        }

        if (!job.Options.Mapping.Groups && page.Resources.Any(schema => schema.Has("id"u8, out var id) && id.Is(SchemaUrns.Group)))
        {
            job.Check.Failed(answer, "/Schemas must not list Group");
        }

        foreach (var (urn, attributes) in job.Options.Mapping.Discovered)
        {
            var schema = page.Resources.FirstOrDefault(resource => resource.Has("id"u8, out var id) && id.Is(urn));
            if (schema.ValueKind == JsonValueKind.Undefined || !schema.Has("attributes"u8, out var defined))
            {
                job.Check.Failed(answer, $"/Schemas must list {urn} with its attributes");
                continue;
            }

            foreach (var attribute in attributes)
            {
                if (!defined.Elements().Any(definition => definition.Has("name"u8, out var name) && name.Is(attribute)))
                {
                    job.Check.Failed(answer, $"/Schemas must list {attribute} of {urn}");
                }
            }
        }
    }
}
