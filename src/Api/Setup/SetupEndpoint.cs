using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Api.Admin;
using Api.Admin.Auditing;
using Api.Hosting;
using Api.Profiles;
using Api.Security;
using FluentValidation;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Tenants;

namespace Api.Setup;

/// <summary>
/// The page on which a customer's own admin makes a way in, by a link and without an account. The secret of the link is in the body of what
/// is sent, never in an address; whatever link does not open gets the same answer.
/// </summary>
internal sealed partial class SetupEndpoint(
    IGrainFactory grains,
    PlatformState platform,
    TokenMint mint,
    ClientMint clients,
    SetupSecrets secrets,
    SetupRateLimit limit,
    AdminAddresses addresses,
    ProfileCatalogue catalogue,
    AuditRecorder recorder,
    IValidator<NewFederation> federations,
    TimeProvider time,
    ILogger<SetupEndpoint> logger)
{
    /// <summary>When to try again after storage did not confirm, in seconds.</summary>
    private const int RetrySeconds = 1;

    private const int NonceBytes = 16;

    /// <summary>What a key or client is called whose link has no label.</summary>
    private const string DefaultName = "Setup link";

    private static readonly IReadOnlyDictionary<string, string> NoFaults = new Dictionary<string, string>();

    /// <summary>Shows the page that opens a link; it knows of none.</summary>
    public static Task Show(HttpContext http) => Write(http, StatusCodes.Status200OK, SetupPages.Start);

    /// <summary>Takes a form: that of the link, or that of what is to be made.</summary>
    public async Task Take(HttpContext http)
    {
        try
        {
            await Answer(http);
        }
        catch (BadHttpRequestException exception)
        {
            await Write(http, exception.StatusCode, SetupPages.NotAForm);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The browser has gone: there is nobody to tell.
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
            await Write(http, StatusCodes.Status503ServiceUnavailable, SetupPages.Unavailable, RetrySeconds);
        }
    }

    private async Task Answer(HttpContext http)
    {
        if (!platform.IsOpen)
        {
            await Write(http, StatusCodes.Status503ServiceUnavailable, SetupPages.Unavailable, RetrySeconds);
            return;
        }

        if (limit.Take(http.Connection.RemoteIpAddress) is > 0 and var seconds)
        {
            await Write(http, StatusCodes.Status429TooManyRequests, nonce => SetupPages.TooMany(nonce, seconds), seconds);
            return;
        }

        // The link proves more than an origin could; but no other site has a reason to send a form here.
        if (http.Request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"])
        {
            await Write(http, StatusCodes.Status403Forbidden, SetupPages.NotAForm);
            return;
        }

        if (await SetupForm.Read(http) is not { } form)
        {
            await Write(http, StatusCodes.Status415UnsupportedMediaType, SetupPages.NotAForm);
            return;
        }

        if (!mint.TryReadSetupLink(form.Link, out var directory, out var hash))
        {
            await Write(http, StatusCodes.Status404NotFound, SetupPages.Gone);
            return;
        }

        var grain = grains.GetGrain<IDirectorySetupGrain>(GrainKeys.Directory(directory));
        var faults = form.Makes ? await form.Faults(federations) : NoFaults;
        if (!form.Makes || faults.Count > 0)
        {
            await Offer(http, form, await grain.OpenSetup(hash), faults);
        }
        else if (await grain.OpenSetup(hash) is { } opened)
        {
            var actor = new AuditActor($"setup-link:{opened.Link.Id}", opened.Link.Label ?? DefaultName, $"directory:{directory}");
            await recorder.Run(http, opened.Directory.Tenant, actor, () => Make(http, form, grain, directory, hash));
        }
        else
        {
            // It changes nothing any more: a use that is sent again gets its answer, and all else that of dead links.
            await Make(http, form, grain, directory, hash);
        }
    }

    private async Task Offer(HttpContext http, SetupForm form, OpenedSetup? opened, IReadOnlyDictionary<string, string> faults, string? refusal = null)
    {
        if (opened is null)
        {
            await Write(http, StatusCodes.Status404NotFound, SetupPages.Gone);
            return;
        }

        var place = await Place(opened.Directory, opened.Link);
        var status = refusal is not null ? StatusCodes.Status409Conflict : faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        await Write(http, status, nonce => SetupPages.Choice(nonce, place, form.Link, form.Makes ? form : null, faults, refusal));
    }

    private async Task Make(HttpContext http, SetupForm form, IDirectorySetupGrain grain, string directory, byte[] hash)
    {
        var way = form.Way!.Value;
        var submission = form.Submission();
        var client = way == SetupWay.Key ? null : secrets.Client(form.Link, submission);
        var clientId = client is null ? null : clients.ClientId(directory, client);
        var random = secrets.Secret(form.Link, submission);
        var minted = way switch
        {
            SetupWay.Key => mint.DirectoryKey(directory, random),
            SetupWay.Client => clients.Secret(clientId!, random),
            _ => null,
        };
        var used = await grain.UseSetup(new UseSetupLink
        {
            Hash = hash,
            Submission = submission,
            Way = way,
            Secret = minted is null ? null : new IssueKey
            {
                Name = DefaultName,
                Hash = minted.Hash,
                LastFour = minted.LastFour,
                Expires = way == SetupWay.Client ? time.GetUtcNow().AddYears(form.Years) : null,
            },
            Client = client is null ? null : new CreateClient { Id = client, Name = DefaultName },
            Federation = way == SetupWay.Federation ? Trust(form.Federation()) : null,
        });
        if (used is null or { Error: not null })
        {
            await Offer(http, form, used is null ? null : new OpenedSetup { Directory = used.Directory, Link = used.Link }, NoFaults, used?.Error?.Detail);
            return;
        }

        LogUsed(logger, used.Link.Id, directory, way);
        var trail = http.Audit();
        trail.Target("directory", directory);
        trail.Target("setup-link", used.Link.Id);
        trail.Target(way == SetupWay.Key ? "key" : "client", used.Link.Made);
        trail.Changed<DateTimeOffset?>("expires", null, used.Expires);
        var place = await Place(used.Directory, used.Link);
        var tenantUrl = addresses.TenantUrl(http, used.Directory);
        var values = way == SetupWay.Key
            ? new SetupValues(tenantUrl, SecretToken: minted!.Token, Expires: used.Expires)
            : new SetupValues(tenantUrl, TokenUrl: addresses.TokenUrl(http), ClientId: clientId, ClientSecret: minted?.Token, Expires: used.Expires);
        await Write(http, StatusCodes.Status200OK, nonce => SetupPages.Done(nonce, place, values));
    }

    private async Task<SetupPlace> Place(DirectoryDescription directory, SetupLink link)
    {
        var tenant = await grains.GetGrain<ITenantGrain>(directory.Tenant).Describe();
        var profile = directory.Profile is { } settings ? await catalogue.Find(settings.Name) : null;
        return new SetupPlace(profile?.Title ?? directory.Name, tenant?.Name ?? "", directory.Name, link, SetupGuide.Of(directory.Dialect));
    }

    private static ClientFederation Trust(NewFederation federation) => new()
    {
        Issuer = federation.Issuer!,
        JwksUrl = federation.JwksUrl!,
        Subject = federation.Subject!,
        Audience = federation.Audience!,
        TenantId = federation.TenantId,
    };

    private static async Task Write(HttpContext http, int status, Func<string, Html> page, int retryAfterSeconds = 0)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        var body = Encoding.UTF8.GetBytes(page(nonce).Text);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";
        if (retryAfterSeconds > 0)
        {
            headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A form of a setup link was not confirmed")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "Setup link {Link} of directory {Directory} was used: {Way}")]
    private static partial void LogUsed(ILogger logger, string link, string directory, SetupWay way);
}
