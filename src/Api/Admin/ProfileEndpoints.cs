using Api.Admin.Auditing;
using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Admin.Requests;
using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Profiles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ProfileEndpoints
{
    /// <summary>The largest profile, in bytes.</summary>
    private const int MaxBytes = 256 << 10;

    /// <summary>How often a change is decided anew that met another one.</summary>
    private const int MaxAttempts = 5;

    public static void MapProfiles(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/profiles").WithTags("Profiles");
        group.MapGet("/", List)
            .WithSummary("List the product profiles, a page at a time")
            .WithDescription("Those that come with Muster, and the vendor's own. A directory is made from one by its name.")
            .ProducesFaults();
        group.MapGet("/schema", () => TypedResults.Bytes(ProfileCatalogue.JsonSchema, "application/schema+json"))
            .WithSummary("Read the JSON schema of profiles")
            .Produces<object>(StatusCodes.Status200OK, "application/schema+json");
        group.MapGet("/{profile}", Get)
            .WithSummary("Read a product profile")
            .Produces<Profile>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{profile}", Put)
            .Accepts<Profile>("application/json")
            .WithMetadata(new ReadsItsBody())
            .WithSummary("Add a product profile, or change one")
            .WithDescription("For the whole platform. Directories that were made from it stay as they are; the next one is made of what it says now. Those that come with Muster cannot be changed.")
            .Produces<Profile>()
            .Produces<Profile>(StatusCodes.Status201Created)
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/{profile}", Remove)
            .WithSummary("Remove a product profile")
            .WithDescription("For the whole platform. Directories that were made from it stay as they are.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<Page<Profile>>, ProblemHttpResult>> List(
        HttpContext http, ProfileCatalogue catalogue, int? count = null, string? after = null, string? name = null)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name, faults);
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        var names = page.Of(await catalogue.Names(), n => n, n => n, http);
        var profiles = new List<Profile>();
        foreach (var one in names.Items)
        {
            if (await catalogue.Find(one) is { } profile)
            {
                profiles.Add(profile);
            }
        }

        return TypedResults.Ok(new Page<Profile>(profiles, names.Next));
    }

    private static async Task<IResult> Get(string profile, HttpContext http, ProfileCatalogue catalogue, EntityTags tags) =>
        await catalogue.Find(profile) is { } found ? tags.Answer(http, found) : Refusals.NotFound("profile");

    private static async Task<IResult> Put(string profile, HttpContext http, ProfileCatalogue catalogue, EntityTags tags)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        if (ProfileCatalogue.Shipped.ContainsKey(profile))
        {
            return TypedResults.Problem($"The profile '{profile}' comes with Muster and stays as it is. Put yours under another name.", statusCode: StatusCodes.Status409Conflict);
        }

        var faults = JsonFaults.Find(await Read(http.Request), typeof(Profile), ProfileJson.Options, out var sound);
        if (sound is null)
        {
            return Faults.Problem(faults);
        }

        var body = sound.Deserialize<Profile>(ProfileJson.Options)!;
        faults = Faults.Together(faults, Faults.Of(await new ProfileValidator().ValidateAsync(body)));
        if (body.Name != profile)
        {
            faults.Add(new Fault($"must be '{profile}', as in the address.", "#/name"));
        }

        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (before, definition) = await catalogue.Own(profile);
            if ((EntityTags.Refusal(http, before is null ? null : tags.Of(before)) ?? EntityTags.RefusalOfNew(http, before is not null)) is { } refusal)
            {
                return refusal;
            }

            if (await catalogue.Replace(profile, definition, body))
            {
                Audit(http.Audit(), before, body);
                http.Response.Headers.ETag = tags.Of(body);
                return before is null ? TypedResults.Created($"/admin/v1/profiles/{profile}", body) : TypedResults.Ok(body);
            }
        }

        return Refusals.Busy();
    }

    private static async Task<IResult> Remove(string profile, HttpContext http, ProfileCatalogue catalogue, EntityTags tags)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        if (ProfileCatalogue.Shipped.ContainsKey(profile))
        {
            return TypedResults.Problem($"The profile '{profile}' comes with Muster and stays.", statusCode: StatusCodes.Status409Conflict);
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (before, definition) = await catalogue.Own(profile);
            if (before is null)
            {
                return Refusals.NotFound("profile");
            }

            if (EntityTags.Refusal(http, tags.Of(before)) is { } refusal)
            {
                return refusal;
            }

            if (await catalogue.Replace(profile, definition, now: null))
            {
                Audit(http.Audit(), before, now: null);
                return TypedResults.NoContent();
            }
        }

        return Refusals.Busy();
    }

    /// <summary>Notes each member that is another, as JSON.</summary>
    private static void Audit(AuditTrail trail, Profile? before, Profile? now)
    {
        var (old, @new) = (Members(before), Members(now));
        foreach (var name in old.Concat(@new).Select(m => m.Key).Distinct(StringComparer.Ordinal))
        {
            trail.Changed(name, old[name]?.ToJsonString(), @new[name]?.ToJsonString());
        }

        static JsonObject Members(Profile? profile) => profile is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(profile, ProfileJson.Options)!;
    }

    private static async Task<byte[]> Read(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        var part = new byte[16 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(part, request.HttpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw new BadHttpRequestException($"A profile may have {MaxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
            }

            buffer.Write(part, 0, read);
        }

        return buffer.ToArray();
    }
}
