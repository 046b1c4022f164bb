using Api.Admin;
using Api.Hosting;
using Api.Scim;
using Api.Security;

var builder = WebApplication.CreateBuilder(args);
if (!builder.AddMusterSettings(out var settings))
{
    return 1;
}

builder.AddGrainEngine(settings);
builder.AddMusterServer(settings);
builder.Services.AddTokens();
builder.Services.AddScimEndpoints();
builder.Services.AddAdminEndpoints();

await using var app = builder.Build();
app.MapHealth();
app.MapScim();
app.MapAdmin();
app.MapOpenApiDocument();

await app.StartAsync();
await app.Services.GetRequiredService<FirstStart>().Run(app.Urls, app.Lifetime.ApplicationStopping);
await app.WaitForShutdownAsync();
return 0;
