using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;

namespace Api.Hosting;

/// <summary>
/// Opens the platform. On empty storage it makes a tenant and a directory and prints, once, how to reach them; a later start prints
/// the Tenant URL only.
/// </summary>
internal sealed partial class FirstStart(
    IGrainFactory grains,
    PlatformState state,
    TokenMint mint,
    MusterSettings settings,
    TimeProvider time,
    TextWriter output,
    ILogger<FirstStart> logger)
{
    /// <summary>How long to wait before asking again, while another front does the first start or storage is away.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Opens the platform, trying until it is open.</summary>
    public async Task Run(ICollection<string> urls, CancellationToken stopping)
    {
        var tenantUrl = (settings.PublicUrl?.TrimEnd('/') ?? LocalUrl(urls)) + "/scim/v2";
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await Opened(tenantUrl))
                {
                    return;
                }
            }
            catch (Exception exception)
            {
                LogNotOpen(logger, exception);
            }

            try
            {
                await Task.Delay(Pause, time, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static string LocalUrl(ICollection<string> urls) =>
        (urls.FirstOrDefault() ?? "http://localhost:5000")
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal);

    private async Task<bool> Opened(string tenantUrl)
    {
        var platform = grains.GetGrain<IPlatformGrain>(GrainKeys.Platform);
        var info = await platform.Open();
        if (!info.First)
        {
            if (await platform.FirstDirectory() is null)
            {
                // Another front is at it, or was when it ended.
                return false;
            }

            state.Open(info.TokenCheckKey);
            output.WriteLine($"Tenant URL:   {tenantUrl}");
            _ = platform.Resume();
            return true;
        }

        state.Open(info.TokenCheckKey);
        var tenant = await platform.AddTenant("First tenant");
        var directory = await grains.GetGrain<ITenantGrain>(tenant.Id).AddDirectory(id: null, new CreateDirectory { Tenant = tenant.Id, Name = "First directory" })
            ?? throw new InvalidOperationException("The first directory could not be made.");
        var key = mint.DirectoryKey(directory.Id);
        await grains.GetGrain<IDirectoryGrain>(directory.Id).AddKey(new IssueKey { Name = "First key", Hash = key.Hash, LastFour = key.LastFour });
        var admin = mint.AdminKey();
        await platform.AddKey(new IssueAdminKey { Name = "First admin key", Hash = admin.Hash, LastFour = admin.LastFour });
        output.WriteLine($"Tenant URL:   {tenantUrl}");
        output.WriteLine($"Secret Token: {key.Token}");
        output.WriteLine($"Admin key:    {admin.Token}");
        await platform.FirstStartDone(directory.Id);
        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "The platform is not open yet")]
    private static partial void LogNotOpen(ILogger logger, Exception exception);
}
