using System.Globalization;
using Cluster.Hosting;
using Cluster.Settings;
using Grains.Auditing;
using Grains.Directories;
using Grains.Hosting;
using Grains.Queries;
using Silo;

// A silo: it runs grains, and serves fronts and other silos. Its only HTTP endpoints say whether it lives and whether it serves.
var builder = WebApplication.CreateBuilder(args);
var faults = new List<string>();
var settings = builder.Configuration.ReadCluster(faults);
var requestsPerSecond = Number("Limits:RequestsPerSecond", DirectoryOptions.DefaultRequestsPerSecond);
var maxScanned = Number("Limits:MaxScanned", QueryOptions.DefaultMaxScanned);
var auditDays = Number("Audit:Days", AuditOptions.DefaultDays);
if (faults.Count > 0)
{
    faults.ForEach(fault => Console.Error.WriteLine($"Configuration: {fault}"));
    return 1;
}

builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddMusterGrains(requestsPerSecond, maxScanned, auditDays);
builder.UseOrleans(silo => silo.AddMusterSilo(settings));
builder.AddTelemetry("muster-silo");

var app = builder.Build();
app.MapSiloHealth();
try
{
    await app.RunAsync();
}
catch (Exception) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
{
    // It was told to end before it had joined.
}
catch (Exception exception)
{
    // Storage that cannot be reached, mostly: whoever started the silo sees why, and may start it again.
    app.Logger.LogSiloFailed(exception);
    return 1;
}

return 0;

int Number(string key, int standard)
{
    if (builder.Configuration[key] is not { } text)
    {
        return standard;
    }

    if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
    {
        return number;
    }

    faults.Add($"{key} is '{text}'; it must be a whole number.");
    return standard;
}
