using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Admin.Requests;
using Api.Hosting;
using Api.Security;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ClientEndpoints
{
    public static void MapClients(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/clients").WithTags("Clients");
        group.MapPost("/", Create)
            .WithSummary("Make an OAuth 2.0 client")
            .WithDescription("Then give it a secret, or a federation, and paste its Client ID, Token URL and SCIM URL into the identity provider. With an Idempotency-Key, a retry gets the client that the first try made.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", List).WithSummary("List the clients of a directory, a page at a time").ProducesFaults().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{client}", Get).WithSummary("Read a client").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{client}", Remove)
            .WithSummary("Remove a client: its access tokens are refused from the next request on")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{client}/secrets", AddSecret)
            .WithSummary("Give a client a secret more; it is shown once")
            .WithDescription("Several are good at once: add one, put it into the identity provider, then remove the old one. With an Idempotency-Key, a retry gets the same secret.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapDelete("/{client}/secrets/{secret}", RemoveSecret)
            .WithSummary("Remove a secret: the access tokens made by it are refused from the next request on")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>A client as it is shown to admins.</summary>
    public static Client Shown(DirectoryDescription directory, DirectoryClient client, HttpContext http, AdminAddresses addresses, ClientMint mint) => new(
        client.Id,
        client.Name,
        mint.ClientId(directory.Id, client.Id),
        addresses.TokenUrl(http),
        addresses.TenantUrl(http, directory),
        client.TokenSeconds,
        client.Created,
        client.Secrets.Select(s => new ClientSecret(s.Id, s.LastFour, s.Created, s.Expires, s.LastUsed)).ToList(),
        client.Federation is { } f ? new Federation(f.Issuer, f.JwksUrl, f.Subject, f.Audience, f.TenantId, f.Created, f.LastUsed) : null);

    private static async Task<Results<Created<Client>, ProblemHttpResult>> Create(
        string directory,
        NewClient body,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses,
        ClientMint mint,
        PlatformState platform,
        TimeProvider time)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } found)
        {
            return Refusals.NotFound("directory");
        }

        if (IdempotentRequest.TryRead(http, platform, out var idempotent) is { } fault)
        {
            return Faults.Problem(fault);
        }

        var reply = await grains.GetGrain<IDirectoryClientsGrain>(directory).AddClient(new CreateClient
        {
            Id = idempotent?.Id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Name = body.Name!.Trim(),
            TokenSeconds = body.AccessTokenSeconds ?? CreateClient.DefaultTokenSeconds,
            Digest = idempotent?.Digest,
        });
        if (reply.Client is not { } made)
        {
            return reply.Spent ? Refusals.Spent("client") : Refusals.Of(reply.Error!, http);
        }

        if (made.Digest != idempotent?.Digest)
        {
            return Refusals.Reused();
        }

        http.Audit().Changed("name", null, made.Name);
        http.Audit().Changed<int?>("accessTokenSeconds", null, made.TokenSeconds);
        return TypedResults.Created($"/admin/v1/directories/{directory}/clients/{made.Id}", Shown(found, made, http, addresses, mint));
    }

    private static async Task<Results<Ok<Page<Client>>, ProblemHttpResult>> List(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses,
        ClientMint mint,
        int? count = null,
        string? after = null,
        string? name = null) =>
        await DirectoryEndpoints.Find(directory, http, grains) is { } found && await grains.GetGrain<IDirectoryClientsGrain>(directory).Clients() is { } clients
            ? PageRequest.Answer(clients.Select(c => Shown(found, c, http, addresses, mint)), c => c.Name, http, (count, after, name), c => PageRequest.KeyOf(c.Created, c.Id))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<Client>, ProblemHttpResult>> Get(
        string directory,
        string client,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses,
        ClientMint mint) =>
        await DirectoryEndpoints.Find(directory, http, grains) is { } found
        && await grains.GetGrain<IDirectoryClientsGrain>(directory).Clients() is { } clients
        && Array.Find(clients, c => c.Id == client) is { } one
            ? TypedResults.Ok(Shown(found, one, http, addresses, mint))
            : Refusals.NotFound("client");

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string directory, string client, HttpContext http, IGrainFactory grains)
    {
        var grain = grains.GetGrain<IDirectoryClientsGrain>(directory);
        if (await DirectoryEndpoints.Find(directory, http, grains) is null
            || Array.Find(await grain.Clients() ?? [], c => c.Id == client) is not { } found
            || !await grain.RemoveClient(client))
        {
            return Refusals.NotFound("client");
        }

        http.Audit().Changed("name", found.Name, null);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created<IssuedClientSecret>, ProblemHttpResult>> AddSecret(
        string directory,
        string client,
        NewClientSecret body,
        HttpContext http,
        IGrainFactory grains,
        ClientMint mint,
        PlatformState platform,
        TimeProvider time)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null || !Guid.TryParseExact(client, "D", out _))
        {
            return Refusals.NotFound("client");
        }

        if (IdempotentRequest.TryRead(http, platform, out var idempotent) is { } fault)
        {
            return Faults.Problem(fault);
        }

        var clientId = mint.ClientId(directory, client);
        var minted = idempotent is null ? mint.Secret(clientId) : mint.Secret(clientId, idempotent.Secret);
        var secret = new IssueKey
        {
            Name = "",
            Hash = minted.Hash,
            LastFour = minted.LastFour,
            Expires = time.GetUtcNow().AddYears(body.Years ?? NewClientSecretValidator.DefaultYears),
            Id = idempotent?.Id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Digest = idempotent?.Digest,
        };
        var reply = await grains.GetGrain<IDirectoryClientsGrain>(directory).AddSecret(client, secret);
        if (reply.Client is null)
        {
            return reply.Spent ? Refusals.Spent("secret") : Refused(reply, http);
        }

        if (Array.Find(reply.Client.Secrets, s => s.Id == secret.Id) is not { } made)
        {
            // It was removed again meanwhile.
            return Refusals.NotFound("secret");
        }

        if (made.Digest != idempotent?.Digest)
        {
            return Refusals.Reused();
        }

        http.Audit().Target("secret", made.Id);
        http.Audit().Changed("lastFour", null, made.LastFour);
        http.Audit().Changed("expires", null, made.Expires);
        return TypedResults.Created(
            $"/admin/v1/directories/{directory}/clients/{client}",
            new IssuedClientSecret(made.Id, clientId, minted.Token, made.LastFour, made.Created, made.Expires));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveSecret(
        string directory,
        string client,
        string secret,
        HttpContext http,
        IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("secret");
        }

        var grain = grains.GetGrain<IDirectoryClientsGrain>(directory);
        var before = Array.Find(await grain.Clients() ?? [], c => c.Id == client)?.Secrets.FirstOrDefault(s => s.Id == secret);
        if (!await grain.RemoveSecret(client, secret))
        {
            return Refusals.NotFound("secret");
        }

        http.Audit().Changed("lastFour", before?.LastFour, null);
        return TypedResults.NoContent();
    }

    /// <summary>Why a client was not changed, in the words of the admin API.</summary>
    public static ProblemHttpResult Refused(ClientReply reply, HttpContext http) =>
        reply.Error!.Status == StatusCodes.Status404NotFound ? Refusals.NotFound("client") : Refusals.Of(reply.Error, http);
}
