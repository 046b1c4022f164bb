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
    private static readonly (string Schema, string[] Attributes)[] s_mapped =
    [
        (SchemaUrns.User,
            ["userName", "displayName", "title", "preferredLanguage", "active", "name", "emails", "phoneNumbers", "addresses", "roles"]),
        (SchemaUrns.EnterpriseUser, ["department", "employeeNumber", "costCenter", "manager"]),
        (SchemaUrns.Group, ["displayName", "members"]),
    ];

    public static async Task RunAsync(Job job, SeededRandom random, CancellationToken cancellation)
    {
        await FindNobodyAsync(job, random.NextGuid(), cancellation);
        await ReadConfigurationAsync(job, cancellation);
        await ReadSchemasAsync(job, cancellation);
        using var types = await job.Connection.GetAsync(RequestKind.Discovery, "/ResourceTypes", cancellation);
        if (job.Check.Status(types, 200) && ListPage.Read(types.Json, out _) is { } difference)
        {
            job.Check.Failed(types, difference);
        }
    }

    /// <summary>Whether the directory holds nothing yet: what it held would not be in the model.</summary>
    public static async Task<bool> IsEmptyAsync(Job job, CancellationToken cancellation)
    {
        foreach (var target in new[] { "/Users?count=1", "/Groups?count=1&excludedAttributes=members" })
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

        foreach (var (urn, attributes) in s_mapped)
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
