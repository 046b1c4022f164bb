using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cluster.Hosting;

/// <summary>
/// Sends metrics and traces by OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to. Orleans' own meters and sources are among them. No
/// metric has a tenant, a directory or a grain's key as a dimension: there would be as many series as customers.
/// </summary>
public static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters = ["Grains.*", "Microsoft.Orleans", "Microsoft.AspNetCore.*", "System.Runtime"];

    private static readonly string[] Sources = ["Microsoft.Orleans.Application", "Microsoft.Orleans.Lifecycle", "Microsoft.AspNetCore"];

    /// <summary>Adds it to a host.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">What the process is called there, unless <c>OTEL_SERVICE_NAME</c> says.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration[Endpoint] is { Length: > 0 })
        {
            builder.Services.AddHostedService(_ => new Sending(service));
        }
    }

    private sealed class Sending(string service) : IHostedService, IDisposable
    {
        private MeterProvider? meters;
        private TracerProvider? traces;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            // What the environment says goes before this name.
            var resource = ResourceBuilder.CreateEmpty().AddService(service).AddTelemetrySdk().AddEnvironmentVariableDetector();
            meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build();
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Dispose();
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            meters?.Dispose();
            traces?.Dispose();
        }
    }
}
