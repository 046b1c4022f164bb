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
            .WithSummary("List the product profiles")
            .WithDescription("Those that come with Muster, and the vendor's own. A directory is made from one by its name.");
        group.MapGet("/schema", () => TypedResults.Bytes(ProfileCatalogue.JsonSchema, "application/schema+json"))
            .WithSummary("Read the JSON schema of profiles");
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

    private static async Task<Ok<List<Profile>>> List(ProfileCatalogue catalogue)
    {
        var profiles = new List<Profile>();
        foreach (var name in await catalogue.Names())
        {
            if (await catalogue.Find(name) is { } profile)
            {
                profiles.Add(profile);
            }
        }

        return TypedResults.Ok(profiles);
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

        Profile body;
        try
        {
            body = await Read(http.Request);
        }
        catch (JsonException exception)
        {
            return Faults.Problem(new Fault(exception.Message, "#"));
        }

        List<Fault> faults = [.. Faults.Of(await new ProfileValidator().ValidateAsync(body))];
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

    private static async Task<Profile> Read(HttpRequest request)
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

        return ProfileJson.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
