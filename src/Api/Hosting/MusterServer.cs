using Api.Admin;
using Api.Explorer;
using Api.OAuth;
using Api.Requests;
using Api.Scim;
using Api.Security;
using Api.Setup;

namespace Api.Hosting;

/// <summary>The whole server, from settings to served addresses: what <c>Program</c> runs and what tests run.</summary>
public sealed class MusterServer : IAsyncDisposable
{
    private MusterServer(WebApplication app) => App = app;

    /// <summary>The ASP.NET application.</summary>
    public WebApplication App { get; }

    /// <summary>Makes a server; every fault of its settings is told on standard error.</summary>
    /// <param name="args">Command line settings, as <c>--Storage:Path=data/muster.db</c>.</param>
    /// <param name="configure">Changes services before the server is built.</param>
    /// <returns>Null where the settings are at fault, or the storage cannot be opened.</returns>
    public static MusterServer? Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (!builder.AddMusterSettings(out var settings))
        {
            return null;
        }

        if (!builder.AddGrainEngine(settings))
        {
            return null;
        }

        builder.AddMusterServer(settings);
        builder.Services.AddTokens();
        builder.Services.AddScimEndpoints();
        builder.Services.AddRequestLog();
        builder.Services.AddOAuthEndpoints();
        builder.Services.AddSetupPage();
        builder.Services.AddAdminEndpoints();
        configure?.Invoke(builder);

        var app = builder.Build();
        if (!app.Services.OpenStorage())
        {
            return null;
        }

        app.UseForwardedRequests(settings);
        app.UseHostAddresses(settings);
        app.MapHealth();
        app.MapScim();
        app.MapOAuth();
        app.MapSetupPage();
        app.MapAdmin();
        app.MapExplorer();
        return new MusterServer(app);
    }

    /// <summary>Listens, opens the platform and, on empty storage, prints the first secrets.</summary>
    public async Task Start()
    {
        await App.StartAsync();
        await App.Services.GetRequiredService<FirstStart>().Run(App.Urls, App.Lifetime.ApplicationStopping);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => App.DisposeAsync();
}
