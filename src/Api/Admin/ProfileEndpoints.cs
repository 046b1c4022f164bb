using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Admin.Requests;
using System.Text.Json;
using Api.Profiles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ProfileEndpoints
{
    /// <summary>The largest profile, in bytes.</summary>
    private const int MaxBytes = 256 << 10;

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
        group.MapGet("/{profile}", Get).WithSummary("Read a product profile");
        group.MapPut("/{profile}", Put)
            .Accepts<Profile>("application/json")
            .WithMetadata(new ReadsItsBody())
            .WithSummary("Add a product profile, or change one")
            .WithDescription("For the whole platform. Directories that were made from it stay as they are; the next one is made of what it says now. Those that come with Muster cannot be changed.")
            .ProducesFaults();
        group.MapDelete("/{profile}", Remove)
            .WithSummary("Remove a product profile")
            .WithDescription("For the whole platform. Directories that were made from it stay as they are.");
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

    private static async Task<Results<Ok<Profile>, ProblemHttpResult>> Get(string profile, ProfileCatalogue catalogue) =>
        await catalogue.Find(profile) is { } found ? TypedResults.Ok(found) : Refusals.NotFound("profile");

    private static async Task<Results<Created<Profile>, Ok<Profile>, ProblemHttpResult>> Put(string profile, HttpContext http, ProfileCatalogue catalogue)
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

        return faults.Count > 0 ? Faults.Problem(faults)
            : await catalogue.Put(body) ? TypedResults.Created($"/admin/v1/profiles/{profile}", body)
            : TypedResults.Ok(body);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string profile, HttpContext http, ProfileCatalogue catalogue) =>
        !http.Opens(tenant: null) ? Refusals.WholePlatform()
        : ProfileCatalogue.Shipped.ContainsKey(profile)
            ? TypedResults.Problem($"The profile '{profile}' comes with Muster and stays.", statusCode: StatusCodes.Status409Conflict)
        : await catalogue.Remove(profile) ? TypedResults.NoContent()
        : Refusals.NotFound("profile");

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
