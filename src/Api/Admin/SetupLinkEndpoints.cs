using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Security;
using Api.Setup;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class SetupLinkEndpoints
{
    public static void MapSetupLinks(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/setup-links").WithTags("Setup links");
        group.MapPost("/", Create)
            .WithSummary("Make a setup link; it is shown once")
            .WithDescription("Give it to the customer's own admin: its page makes a way in, once, and shows what to paste into the identity provider. It needs no account. A directory has five at the most that can still be used.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/", List)
            .WithSummary("List the setup links of a directory, a page at a time, ended ones too, with their states and what was made by them")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{link}", Get).WithSummary("Read a setup link").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{link}", Withdraw)
            .WithSummary("Withdraw a setup link: it opens nothing from the next request on")
            .WithDescription("Asked again, it is done already. A link that was used is not withdrawn: remove the key or the client that was made by it.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Created<IssuedSetupLink>, ProblemHttpResult>> Create(
        string directory,
        NewSetupLink? body,
        HttpContext http,
        IGrainFactory grains,
        TokenMint mint,
        AdminAddresses addresses,
        TimeProvider time)
    {
        body ??= new NewSetupLink();
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } found)
        {
            return Refusals.NotFound("directory");
        }

        var minted = mint.SetupLink(directory);
        var reply = await grains.GetGrain<IDirectorySetupGrain>(directory).AddSetupLink(new CreateSetupLink
        {
            Hash = minted.Hash,
            Label = body.Label?.Trim(),
            Expires = time.GetUtcNow().AddDays(body.Days ?? NewSetupLinkValidator.DefaultDays),
            Ways = body.Ways is null ? [.. SetupGuide.Of(found.Dialect).Ways] : [.. body.Ways.Select(NewSetupLinkValidator.WayOf).OfType<SetupWay>().Distinct()],
        });
        if (reply.Link is not { } made)
        {
            return Refused(reply.Error!, http);
        }

        var trail = http.Audit();
        trail.Changed("label", null, made.Label);
        trail.Changed<DateTimeOffset?>("expires", null, made.Expires);
        trail.Changed("ways", null, string.Join(", ", Names(made.Ways)));
        return TypedResults.Created(
            $"/admin/v1/directories/{directory}/setup-links/{made.Id}",
            new IssuedSetupLink(made.Id, addresses.SetupUrl(http, minted.Token), made.Label, made.Created, made.Expires, Names(made.Ways)));
    }

    private static async Task<Results<Ok<Page<SetupLinkItem>>, ProblemHttpResult>> List(
        string directory, HttpContext http, IGrainFactory grains, TimeProvider time, int? count = null, string? after = null, string? name = null) =>
        await Links(directory, http, grains) is { } links
            ? PageRequest.Answer(links.Select(l => Shown(l, time.GetUtcNow())), l => l.Label ?? "", http, (count, after, name), l => PageRequest.KeyOf(l.Created, l.Id))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<SetupLinkItem>, ProblemHttpResult>> Get(string directory, string link, HttpContext http, IGrainFactory grains, TimeProvider time) =>
        await Links(directory, http, grains) is { } links && Array.Find(links, l => l.Id == link) is { } found
            ? TypedResults.Ok(Shown(found, time.GetUtcNow()))
            : Refusals.NotFound("setup link");

    private static async Task<SetupLink[]?> Links(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is null ? null : await grains.GetGrain<IDirectorySetupGrain>(directory).SetupLinks();

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(string directory, string link, HttpContext http, IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("setup link");
        }

        var reply = await grains.GetGrain<IDirectorySetupGrain>(directory).WithdrawSetupLink(link);
        return reply.Error is { } error ? Refused(error, http) : TypedResults.NoContent();
    }

    private static ProblemHttpResult Refused(Grains.Abstractions.GrainError error, HttpContext http) =>
        error.Status == StatusCodes.Status404NotFound ? Refusals.NotFound("setup link") : Refusals.Of(error, http);

    private static SetupLinkItem Shown(SetupLink link, DateTimeOffset now) => new(
        link.Id,
        link.Label,
        StateOf(link, now),
        link.Created,
        link.Expires,
        Names(link.Ways),
        link.Opened,
        link.Used,
        link.Withdrawn,
        link.Way is { } way ? NewSetupLinkValidator.Name(way) : null,
        link.Way == SetupWay.Key ? link.Made : null,
        link.Way == SetupWay.Key ? null : link.Made);

    private static string StateOf(SetupLink link, DateTimeOffset now) =>
        link.Used is not null ? "used"
        : link.Withdrawn is not null ? "withdrawn"
        : link.Expires <= now ? "expired"
        : link.Opened is not null ? "opened"
        : "open";

    private static List<string> Names(SetupWay[] ways) => [.. ways.Select(NewSetupLinkValidator.Name)];
}
